import { Button, Progress } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { cancelJob, type JobTold, loadUploads } from "../../api";
import type { ServiceError } from "../../data/errors";
import { answer } from "../../data/queries";
import { count, share } from "../../draw";
import { useWords } from "../../i18n";
import { Wrong } from "./FileCard";
import { isLoadable, isOver, reading, useFiles } from "./files";
import { useJob, useRunningLoad } from "./queries";
import classes from "./start.module.css";

/** How far the load is, with a way to stop it while that leaves everything as it was. */
function Running({ job }: { job: JobTold }) {
  const { t, language } = useWords();
  const [stopping, setStopping] = useState(false);
  const waiting = job.state === "queued" || job.phase === "waiting";
  return (
    <div className={classes.running} role="status">
      <p>
        {job.what === "undo" && !waiting
          ? t("start.undo.running")
          : t(`start.load.${waiting ? "waiting" : job.phase}` as "start.load.reading", { file: job.file })}
        {job.share !== null && !waiting && <span className="number"> {share(job.share, language)}</span>}
      </p>
      <Progress
        value={waiting ? 100 : (job.share ?? 0) * 100}
        animated={waiting || job.share === null}
        aria-label={t("start.load.progress")}
      />
      {job.cancellable ? (
        <Button
          size="xs"
          variant="default"
          loading={stopping}
          onClick={() => {
            setStopping(true);
            void answer(cancelJob({ path: { job_id: job.id } })).catch(() => setStopping(false));
          }}
        >
          {t("start.load.cancel")}
        </Button>
      ) : (
        job.what === "load" && <span className={classes.note}>{t("start.load.committed")}</span>
      )}
    </div>
  );
}

/** The button that loads all files that are ready, and what becomes of it. */
export function LoadBar() {
  const { t, language } = useWords();
  const client = useQueryClient();
  const { held, job: id, setJob, drop } = useFiles();
  const [problem, setProblem] = useState<ServiceError | null>(null);
  const [ended, setEnded] = useState<JobTold | null>(null);
  const asked = useJob(id);
  const earlier = useRunningLoad(id === null).data;
  const job = asked.data;
  const ready = held.filter(isLoadable);
  const open = held.filter((one) => !isLoadable(one) && one.state !== "refused");

  useEffect(() => {
    if (id === null && earlier) setJob(earlier);
  }, [id, earlier, setJob]);
  useEffect(() => {
    if (!job || !isOver(job)) return;
    setEnded(job);
    if (job.state !== "done") return;
    const { held: files } = useFiles.getState();
    if (job.what === "load") drop(files.filter(isLoadable).map((one) => one.key));
    void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== "job" });
  }, [job, client, drop]);

  const load = () => {
    setProblem(null);
    setEnded(null);
    const files = ready.flatMap((one) =>
      one.upload && one.look
        ? [{ upload: one.upload.id, shape: one.look.shape, how: reading(one.look) }]
        : [],
    );
    answer(loadUploads({ body: { files } })).then(
      (begun) => setJob(begun.id),
      (error: ServiceError) => setProblem(error),
    );
  };

  if (job && !isOver(job)) return <Running job={job} />;
  const failed = ended?.state === "failed" ? ended.error : null;
  return (
    <div className={classes.loadBar}>
      {problem && <Wrong error={problem} />}
      {asked.error && <Wrong error={asked.error as ServiceError} />}
      {failed && <Wrong error={failed} />}
      {ended?.state === "done" && ended.undone && (
        <p className={classes.note} role="status">
          {t("start.undo.done")}
        </p>
      )}
      {ended?.state === "cancelled" && (
        <p className={classes.note} role="status">
          {t("start.load.cancelled")}
        </p>
      )}
      {held.length > 0 && (
        <div className={classes.loadRow}>
          <Button size="md" disabled={!ready.length} onClick={load}>
            {t("start.load.button", { count: ready.length, n: count(ready.length, language) })}
          </Button>
          <span className={classes.note}>
            {open.length > 0
              ? t("start.load.not_ready", { count: open.length, n: count(open.length, language) })
              : `${t("start.load.safe")} ${t("start.load.stays")}`}
          </span>
        </div>
      )}
    </div>
  );
}
