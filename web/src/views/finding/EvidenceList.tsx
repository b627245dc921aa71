import type { Evidence } from "../../api";
import type { Finding } from "../../data/findings";
import { useWords } from "../../i18n";
import { evidenceInterval, evidenceOf, unitOf, writeEvidence } from "../findings/evidence";
import { Contrast } from "./Contrast";
import classes from "./finding.module.css";
import { Section } from "./Section";

function Item({ item }: { item: Evidence }) {
  const { t, language } = useWords();
  const range = evidenceInterval(item, t, language);
  const part = unitOf(item.unit) === "share" && item.value !== null && item.value >= 0 && item.value <= 1;
  return (
    <div className={classes.evidence}>
      <dt>{t(`evidence.${item.name as "gap"}`, { defaultValue: item.name.replaceAll("_", " ") })}</dt>
      <dd>
        <b className="number">{writeEvidence(item.value, item.unit, t, language)}</b>
        {range && <span className={`number ${classes.more}`}>{t("summary.interval", { range })}</span>}
      </dd>
      {part && (
        <dd className={classes.evidenceBar} aria-hidden="true">
          <span style={{ width: `${100 * (item.value ?? 0)}%` }} />
          {item.low !== null && item.high !== null && (
            <i
              style={{
                insetInlineStart: `${100 * Math.max(0, item.low)}%`,
                width: `${100 * (Math.min(1, item.high) - Math.max(0, item.low))}%`,
              }}
            />
          )}
        </dd>
      )}
    </div>
  );
}

/** The numbers of a finding that is no obstacle: a picture where two of them belong together, and all of them by name. */
export function EvidenceList({ finding }: { finding: Finding }) {
  const { t } = useWords();
  const items = evidenceOf(finding);
  if (!items.length) return null;
  return (
    <Section title={t("finding.evidence")} name="evidence">
      <Contrast finding={finding} />
      <dl className={classes.evidences}>
        {items.map((item) => (
          <Item key={`${item.name} ${item.unit}`} item={item} />
        ))}
      </dl>
    </Section>
  );
}
