import { Alert } from "@mantine/core";
import { ServiceError } from "../../data/errors";
import { useWords } from "../../i18n";
import classes from "./takeaway.module.css";

/** Why there is no file. */
export function Failed({ error }: { error: Error }) {
  const { t } = useWords();
  const told = error instanceof ServiceError ? error : null;
  const message = told?.kind === "network" ? t("takeaway.lost") : error.message;
  return (
    <Alert
      color="orange"
      variant="light"
      title={t("takeaway.failed")}
      role="alert"
      classNames={{ title: classes.failed }}
    >
      <p className={classes.said} dir="auto">
        {message}
      </p>
      {told?.hint && (
        <p className={classes.said} dir="auto">
          {told.hint}
        </p>
      )}
    </Alert>
  );
}
