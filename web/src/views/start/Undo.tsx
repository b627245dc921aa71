import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { type Load, undoLoad } from "../../api";
import type { ServiceError } from "../../data/errors";
import { answer } from "../../data/queries";
import { count } from "../../draw";
import { useWords } from "../../i18n";
import { Wrong } from "./FileCard";
import { isOver, useFiles } from "./files";
import { useJob } from "./queries";
import classes from "./start.module.css";

/** Takes the last load back, after saying which files that are. */
export function Undo({ files }: { files: Load[] }) {
  const { t, language } = useWords();
  const { job, setJob } = useFiles();
  const running = useJob(job).data;
  const [asking, setAsking] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asking) keep.current?.focus();
  }, [asking]);
  const [problem, setProblem] = useState<ServiceError | null>(null);
  if (!files.length || (running && !isOver(running))) return null;
  const names = files.map((file) => file.file.split("/").at(-1) ?? "");
  const shown = names.slice(0, 5).join(", ") + (names.length > 5 ? ", …" : "");
  const rows = files.reduce((sum, file) => sum + file.loaded, 0);
  if (!asking)
    return (
      <Button size="xs" variant="default" className={classes.undo} onClick={() => setAsking(true)}>
        {t("start.undo.button")}
      </Button>
    );
  return (
    <section className={classes.asking} aria-label={t("start.undo.button")}>
      <p dir="auto">{t("start.undo.ask", { files: shown, count: rows, n: count(rows, language) })}</p>
      {problem && <Wrong error={problem} />}
      <div className={classes.next}>
        <Button
          size="xs"
          onClick={() =>
            void answer(undoLoad({})).then(
              (begun) => {
                setAsking(false);
                setJob(begun.id);
              },
              (error: ServiceError) => setProblem(error),
            )
          }
        >
          {t("start.undo.yes")}
        </Button>
        <Button ref={keep} size="xs" variant="default" onClick={() => setAsking(false)}>
          {t("start.undo.no")}
        </Button>
      </div>
    </section>
  );
}
