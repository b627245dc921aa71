import { Alert } from "@mantine/core";
import { useSaid } from "../../data/said";
import { useWords } from "../../i18n";
import classes from "./takeaway.module.css";

/** Why there is no file. */
export function Failed({ error }: { error: Error }) {
  const { t } = useWords();
  const { text, mend, foreign } = useSaid()(error);
  return (
    <Alert
      color="orange"
      variant="light"
      title={t("takeaway.failed")}
      role="alert"
      classNames={{ title: classes.failed }}
    >
      {[text, mend].filter(Boolean).map((line) => (
        <p key={line} className={classes.said} dir="auto">
          {line}
        </p>
      ))}
      {foreign && (
        <p className={classes.said} lang="en" dir="auto">
          {foreign}
        </p>
      )}
    </Alert>
  );
}
