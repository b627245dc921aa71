import { Button } from "@mantine/core";
import { useWords } from "../i18n";
import { CopyCommand } from "../ui/CopyCommand";
import classes from "../ui/ui.module.css";

/** A workspace without data: what to do next, in commands that can be copied. */
export function EmptyPanel({ workspace, onReload }: { workspace: string; onReload: () => void }) {
  const { t } = useWords();
  const folder = /^[\w./-]+$/.test(workspace) ? workspace : "WS";
  return (
    <section className={classes.panel} data-empty="">
      <h1>{t("empty.title")}</h1>
      <p>{t("empty.text")}</p>
      <div className={classes.commands}>
        <h2>{t("empty.events")}</h2>
        <CopyCommand command={`tropa load ${folder} events.csv --as events`} />
        <h2>{t("empty.feedback")}</h2>
        <CopyCommand command={`tropa load ${folder} feedback.csv --as feedback`} />
        <h2>{t("empty.map")}</h2>
        <CopyCommand command={`tropa map ${folder} import map.yaml`} />
        <h2>{t("empty.demo")}</h2>
        <CopyCommand command="tropa demo" />
      </div>
      <div className={classes.actions}>
        <Button onClick={onReload}>{t("empty.reload")}</Button>
      </div>
    </section>
  );
}
