import { Button } from "@mantine/core";
import { lazy, Suspense } from "react";
import { Link, useNavigate } from "react-router";
import { useMay } from "../data/session";
import { useWords } from "../i18n";
import { CopyCommand } from "../ui/CopyCommand";
import classes from "../ui/ui.module.css";

const DropZone = lazy(() =>
  import("../views/start/DropZone").then((loaded) => ({ default: loaded.DropZone })),
);

/** A workspace without data: drop a file, begin with a ready map, or do it by commands that can be copied. */
export function EmptyPanel({ workspace, onReload }: { workspace: string; onReload: () => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [mayLoad, mayEdit] = [useMay("analyse"), useMay("edit")];
  const folder = /^[\w./-]+$/.test(workspace) ? workspace : "WS";
  return (
    <section className={classes.panel} data-empty="">
      <h1>{t("empty.title")}</h1>
      <p>{t("empty.text")}</p>
      {mayLoad && (
        <Suspense fallback={null}>
          <DropZone onFiles={() => void navigate("/start")} />
        </Suspense>
      )}
      <div className={classes.actions}>
        {mayEdit && (
          <Button component={Link} to="/start?step=map&way=ready" variant="default">
            {t("start.next.ready")}
          </Button>
        )}
        <Button variant="subtle" onClick={onReload}>
          {t("empty.reload")}
        </Button>
      </div>
      {mayLoad && (
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
      )}
    </section>
  );
}
