import type { Evidence } from "../../api";
import type { Finding } from "../../data/findings";
import { useWords } from "../../i18n";
import { evidenceInterval, evidenceOf, writeEvidence } from "../findings/evidence";
import classes from "./finding.module.css";

/** Numbers that say most side by side: what was promised and what came, work and the queue before it. */
const PAIRS: readonly (readonly [string, string])[] = [
  ["promise", "reality"],
  ["service_median", "wait_median"],
];

const named = (finding: Finding, name: string): Evidence | undefined =>
  evidenceOf(finding).find((item) => item.name === name && item.value !== null);

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
