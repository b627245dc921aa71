import { SegmentedControl } from "@mantine/core";
import { memo, useState } from "react";
import type { Trial } from "../../api";
import { count } from "../../draw";
import { useWords } from "../../i18n";
import { useTimes } from "../../i18n/times";
import { Scroll } from "./Scroll";
import { useSaid } from "./said";
import classes from "./start.module.css";

const TIMES = ["time", "ended_at", "promised_at"];

/** Names of columns that have a meaning are said in words; the others are the file's own. */
export function useColumnTitle(): (name: string) => string {
  const { t } = useWords();
  const known = [...TIMES, "activity", "customer_id", "case_id", "channel", "actor", "performer", "status"];
  known.push("value", "event_id", "kind", "score", "text", "identifier_a", "identifier_b");
  return (name) => (known.includes(name) ? t(`start.role.${name}` as "start.role.time") : name);
}

const WORDS: Record<string, string[]> = {
  actor: ["customer", "employee", "system"],
  status: ["ok", "failed"],
};
export const KINDS = ["nps", "csat", "ces", "rating", "review", "complaint", "interview", "chat"];

function Rows({ trial }: { trial: Trial }) {
  const { t } = useWords();
  const { moment } = useTimes();
  const title = useColumnTitle();
  const columns = trial.columns ?? [];
  const said = (value: string | null, column: string) => {
    if (value === null) return null;
    if (TIMES.includes(column)) return moment(value);
    if (column === "kind" && KINDS.includes(value)) return t(`start.kind.${value}` as "start.kind.nps");
    return WORDS[column]?.includes(value) ? t(`start.value.${value}` as "start.value.ok") : value;
  };
  return (
    <Scroll label={t("start.preview.rows")}>
      <table className={classes.previewTable}>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col" dir="auto" title={title(name)}>
                {title(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(trial.rows ?? []).map((row, place) => (
            <tr key={place}>
              {row.map((value, column) => (
                <td key={columns[column]} dir="auto" title={value ?? undefined}>
                  {said(value, columns[column] ?? "")}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Rejects({ trial }: { trial: Trial }) {
  const { t, language } = useWords();
  const say = useSaid();
  return (
    <div>
      <ul className={classes.reasons}>
        {(trial.reasons ?? []).map((reason) => (
          <li key={reason.example}>
            <span className={`number ${classes.reasonCount}`}>{count(reason.rows, language)}</span>
            <span dir="auto">{say(reason.example).text}</span>
            <span className={classes.lines}>
              {t("start.preview.lines", { lines: reason.lines.join(", ") + (reason.rows > 3 ? ", …" : "") })}
            </span>
          </li>
        ))}
      </ul>
      <Scroll label={t("start.preview.rejects")}>
        <table className={classes.previewTable} data-rejects="">
          <thead>
            <tr>
              <th scope="col">{t("start.preview.line")}</th>
              <th scope="col">{t("start.preview.reason")}</th>
              <th scope="col">{t("start.preview.row")}</th>
            </tr>
          </thead>
          <tbody>
            {(trial.rejects ?? []).map(([line, reason, row], place) => (
              <tr key={place}>
                <td className="number">{line}</td>
                <td dir="auto" title={say(reason).text}>
                  {say(reason).text}
                </td>
                <td dir="auto" title={row ?? undefined}>
                  {row}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </div>
  );
}

/** The first rows as they will be read, and those that will be set aside. */
export const Preview = memo(function Preview({ trial }: { trial: Trial }) {
  const { t, language } = useWords();
  const [shown, setShown] = useState("rows");
  const aside = trial.set_aside;
  if (!trial.rows?.length && !aside) return null;
  return (
    <div className={classes.preview}>
      <div className={classes.previewHead}>
        <SegmentedControl
          size="xs"
          value={aside ? shown : "rows"}
          onChange={setShown}
          aria-label={t("start.preview.title")}
          data={[
            { value: "rows", label: t("start.preview.rows") },
            ...(aside
              ? [{ value: "rejects", label: `${t("start.preview.rejects")}: ${count(aside, language)}` }]
              : []),
          ]}
        />
        <span className={classes.note}>
          {t(trial.whole ? "start.preview.whole" : "start.preview.part", {
            n: count(trial.rows_read, language),
          })}
        </span>
      </div>
      {shown === "rejects" && aside ? <Rejects trial={trial} /> : <Rows trial={trial} />}
    </div>
  );
});
