import { useMemo } from "react";
import type { Finding, Findings } from "../../data/findings";
import type { FromList } from "../../data/findingsAddress";
import { count, effectDomain } from "../../draw";
import { useWords } from "../../i18n";
import { FindingRow } from "./FindingRow";
import classes from "./findings.module.css";
import { Needs } from "./Undecided";

interface LowersScoresProps {
  findings: Findings;
  /** Those of them that are chosen. */
  found: readonly Finding[];
  to: (finding: Finding) => string;
  from: FromList;
}

/** What surely lowers a score, while nobody knows yet whether it costs goals too. */
export function LowersScores({ findings, found, to, from }: LowersScoresProps) {
  const { t, language } = useWords();
  const scale = useMemo(
    () => ({
      margin: findings.margin,
      months: findings.months,
      domain: effectDomain(
        found.map((finding) => finding.on_goal),
        findings.margin,
      ),
    }),
    [findings, found],
  );
  if (!found.length) return null;
  return (
    <section className={classes.section} data-lower-scores={found.length}>
      <h2>{t("findings.lower_scores", { count: found.length, shown: count(found.length, language) })}</h2>
      <p className={classes.lead}>{t("findings.lower_scores_about")}</p>
      <ol className={classes.list} aria-label={t("findings.lower_scores_list")}>
        {found.map((finding) => (
          <FindingRow key={finding.id} finding={finding} scale={scale} from={from} to={to(finding)}>
            <Needs finding={finding} />
          </FindingRow>
        ))}
      </ol>
    </section>
  );
}
