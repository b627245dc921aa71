import { Anchor } from "@mantine/core";
import { useEffect } from "react";
import { useMay } from "../../data/session";
import { count } from "../../draw";
import { useWords } from "../../i18n";
import { useTimes } from "../../i18n/times";
import { DropZone } from "./DropZone";
import { FileCard } from "./FileCard";
import { adopt, useFiles } from "./files";
import { LoadBar } from "./LoadBar";
import { useJob, useUploads } from "./queries";
import { Result } from "./Result";
import { Scroll } from "./Scroll";
import classes from "./start.module.css";
import { Undo } from "./Undo";

const SHOWN = 20;

/** What was loaded so far. */
function Past() {
  const { t, language } = useWords();
  const { moment } = useTimes();
  const told = useUploads(true).data;
  const loads = told?.loads ?? [];
  if (!loads.length) return null;
  return (
    <section className={classes.past}>
      <h2>{t("start.past.title")}</h2>
      <Scroll label={t("start.past.title")}>
        <table className={classes.previewTable}>
          <thead>
            <tr>
              <th scope="col">{t("start.past.file")}</th>
              <th scope="col">{t("start.past.kind")}</th>
              <th scope="col">{t("start.past.when")}</th>
              <th scope="col">{t("start.result.loaded")}</th>
              <th scope="col">{t("start.result.set_aside")}</th>
              <th scope="col">{t("start.result.duplicates")}</th>
            </tr>
          </thead>
          <tbody>
            {loads
              .slice(-SHOWN)
              .reverse()
              .map((load) => (
                <tr key={`${load.fingerprint}${load.kind}${load.at}`}>
                  <td dir="auto">{load.file.split("/").at(-1)}</td>
                  <td>{t(`start.shape.${load.kind}` as "start.shape.wide")}</td>
                  <td className="number">{moment(load.at)}</td>
                  <td className="number">{count(load.loaded, language)}</td>
                  <td className="number">
                    {load.rejects ? (
                      <Anchor href={`/api/rejects/${load.rejects}`} download inherit>
                        {count(load.set_aside, language)}{" "}
                        <span className="visually-hidden">
                          {t("start.past.rejects_of", { file: load.file.split("/").at(-1) })}
                        </span>
                      </Anchor>
                    ) : (
                      count(load.set_aside, language)
                    )}
                  </td>
                  <td className="number">{count(load.duplicates, language)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </Scroll>
      <Undo files={told?.undoable ?? []} generation={told?.undo_generation ?? null} />
    </section>
  );
}

/** The first step: files come, are looked at, are loaded. */
export function Bring({ onNext }: { onNext: (way: string) => void }) {
  const { t } = useWords();
  const may = useMay("analyse");
  const { held, job: id } = useFiles();
  const uploads = useUploads(may).data?.uploads;
  const job = useJob(id).data;
  useEffect(() => {
    if (uploads) adopt(uploads);
  }, [uploads]);
  if (!may) return <p className={classes.block}>{t("start.no_right")}</p>;
  const loaded = job?.state === "done" ? job.loaded : null;
  return (
    <div className={classes.block}>
      {loaded && !held.length && <Result loaded={loaded} onNext={onNext} />}
      <DropZone small={held.length > 0 || !!loaded} />
      {held.length > 0 && (
        <div className={classes.files}>
          {held.map((one) => (
            <FileCard key={one.key} one={one} />
          ))}
        </div>
      )}
      <LoadBar />
      <Past />
    </div>
  );
}
