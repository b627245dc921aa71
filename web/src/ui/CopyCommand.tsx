import { CopyButton, UnstyledButton } from "@mantine/core";
import { useWords } from "../i18n";
import classes from "./ui.module.css";

/** A command to run, copied by one click. */
export function CopyCommand({ command }: { command: string }) {
  const { t } = useWords();
  return (
    <div className={classes.command}>
      <code>{command}</code>
      <CopyButton value={command}>
        {({ copied, copy }) => (
          <UnstyledButton
            className={classes.copy}
            onClick={copy}
            aria-label={`${t("copy.copy")}: ${command}`}
          >
            {copied ? t("copy.copied") : t("copy.copy")}
          </UnstyledButton>
        )}
      </CopyButton>
    </div>
  );
}
