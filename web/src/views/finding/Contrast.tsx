import type { Evidence } from "../../api";
import type { Finding } from "../../data/findings";
import { useWords } from "../../i18n";
import { evidenceInterval, writeEvidence } from "../findings/evidence";
import classes from "./finding.module.css";

/** Numbers that say most side by side: what was promised and what came, work and the queue before it. */
const PAIRS: readonly (readonly [readonly string[], readonly string[]])[] = [
  [
    ["expected", "expectation", "promise", "promised"],
    ["reality", "actual"],
  ],
  [
    ["service_seconds", "service_median_seconds", "work_seconds", "service"],
    ["waiting_seconds", "waiting_median_seconds", "wait_seconds", "waiting"],
  ],
];

const named = (finding: Finding, names: readonly string[]): Evidence | undefined =>
  names.flatMap((name) => finding.evidence.filter((item) => item.name === name && item.value !== null))[0];

export function Contrast({ finding }: { finding: Finding }) {
  const { t, language } = useWords();
  const pair = PAIRS.map(([first, second]) => [named(finding, first), named(finding, second)] as const).find(
    ([first, second]) => first && second && first.unit === second.unit,
  );
  if (!pair) return null;
  const items = pair.filter((item) => item !== undefined);
  const most = Math.max(...items.map((item) => Math.abs(item.high ?? item.value ?? 0)), Number.MIN_VALUE);
  const part = (value: number | null) => `${(100 * Math.abs(value ?? 0)) / most}%`;
  return (
    <ul className={classes.contrast}>
      {items.map((item, i) => {
        const range = evidenceInterval(item, t, language);
        return (
          <li key={item.name} data-role={i === 0 ? "others" : "exposed"}>
            <span>{t(`evidence.${item.name as "gap"}`, { defaultValue: item.name })}</span>
            <span className={classes.contrastBar} aria-hidden="true">
              <span style={{ width: part(item.value) }} />
            </span>
            <span className="number">
              <b>{writeEvidence(item.value, item.unit, t, language)}</b>
              {range && <span className={classes.more}> {range}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
