import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { Load } from "../../api";
import type { ServiceError } from "../../data/errors";
import { count } from "../../draw";
import { useWords } from "../../i18n";
import { Wrong } from "./FileCard";
import { isOver, useFiles } from "./files";
import { useJob, useUndo } from "./queries";
import classes from "./start.module.css";

/** Takes the last load back, after saying which files that are. */
export function Undo({ files, generation }: { files: Load[]; generation: number | null }) {
  const { t, language } = useWords();
  const { job, setJob } = useFiles();
  const running = useJob(job).data;
  // What is asked about stays what is taken back, though another load come in meanwhile.
  const [asking, setAsking] = useState<{ files: Load[]; generation: number } | null>(null);
  const undo = useUndo();
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking) keep.current?.focus();
  }, [asking]);
  if ((!asking && (!files.length || generation === null)) || (running && !isOver(running))) return null;
  if (!asking)
    return (
      <Button
        size="xs"
        variant="default"
        className={classes.undo}
        onClick={() => {
          undo.reset();
          if (generation !== null) setAsking({ files, generation });
        }}
      >
        {t("start.undo.button")}
      </Button>
    );
  const names = asking.files.map((file) => file.file.split("/").at(-1) ?? "");
  const shown = names.slice(0, 5).join(", ") + (names.length > 5 ? ", …" : "");
  const rows = asking.files.reduce((sum, file) => sum + file.loaded, 0);
  return (
    <section className={classes.asking} aria-label={t("start.undo.button")}>
      <p dir="auto">{t("start.undo.ask", { files: shown, count: rows, n: count(rows, language) })}</p>
      {undo.error && <Wrong error={undo.error as unknown as ServiceError} />}
      <div className={classes.next}>
        <Button
          size="xs"
          onClick={() =>
            undo.mutate(asking.generation, {
              onSuccess: (begun) => {
                setAsking(null);
                setJob(begun.id);
              },
            })
          }
        >
          {t("start.undo.yes")}
        </Button>
        <Button ref={keep} size="xs" variant="default" onClick={() => setAsking(null)}>
          {t("start.undo.no")}
        </Button>
      </div>
    </section>
  );
}
