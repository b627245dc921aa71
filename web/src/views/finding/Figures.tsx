import type { ReactNode } from "react";
import type { Finding, Findings } from "../../data/findings";
import { inCharge, perMonth } from "../../data/findingsModel";
import {
  count,
  decimal,
  interval,
  money,
  moneyInterval,
  points,
  pointsInterval,
  probability,
  share,
  signed,
} from "../../draw";
import { useWords } from "../../i18n";
import { evidenceInterval, headline, writeEvidence } from "../findings/evidence";
import classes from "./finding.module.css";
import { useThreshold } from "./threshold";

function Figure({
  label,
  value,
  range,
  more,
}: {
  label: string;
  value: string;
  range?: string | null;
  more?: ReactNode;
}) {
  const { t } = useWords();
  return (
    <div className={classes.figure}>
      <dt>{label}</dt>
      <dd className={`number ${classes.figureValue}`}>{value}</dd>
      {range && <dd className={`number ${classes.more}`}>{t("summary.interval", { range })}</dd>}
      {more && <dd className={`number ${classes.more}`}>{more}</dd>}
    </div>
  );
}

function Money({ finding, months }: { finding: Finding; months: number }) {
  const { t, language } = useWords();
  const lost = perMonth(finding.lost_goals, months);
  const goals = (value: number) => decimal(value, language, value < 10 ? 1 : 0);
  const [low, high] = [perMonth(finding.lost_goals_low, months), perMonth(finding.lost_goals_high, months)];
  return (
    <>
      {finding.money && (
        <Figure
          label={t("findings.loss")}
          value={money(finding.money.value, finding.money.currency, language)}
          range={moneyInterval(finding.money.low, finding.money.high, finding.money.currency, language)}
        />
      )}
      {lost !== null && (
        <Figure label={t("finding.lost_goals")} value={goals(lost)} range={interval(low, high, goals)} />
      )}
    </>
  );
}

function InCharge({ finding }: { finding: Finding }) {
  const { t } = useWords();
  const { department, owner } = inCharge(finding);
  if (!department && !owner) return null;
  return (
    <div className={classes.figure}>
      <dt>{t("findings.in_charge")}</dt>
      {department && (
        <dd className={classes.figureName}>
          <bdi>{department}</bdi>
        </dd>
      )}
      {owner && (
        <dd className={department ? classes.more : classes.figureName}>
          {t("process.owner")}: <bdi>{owner}</bdi>
        </dd>
      )}
    </div>
  );
}

/** The numbers that a manager reads first. */
export function Figures({ finding, findings }: { finding: Finding; findings: Findings }) {
  const { t, language } = useWords();
  const threshold = useThreshold();
  const goal = finding.on_goal;
  const score = finding.on_score;
  const main = goal || score ? null : headline(finding);
  const write = (value: number) => signed(value, language, 2);
  const divides = threshold(finding);
  return (
    <dl className={classes.figures}>
      <Money finding={finding} months={findings.months} />
      {goal && (
        <Figure
          label={t("findings.effect")}
          value={points(goal.effect, language)}
          range={pointsInterval(goal.low, goal.high, language)}
          more={goal.q !== null && t("finding.q", { q: probability(goal.q, language) })}
        />
      )}
      {score && (
        <Figure
          label={t("finding.on_score", {
            score: t(`kind.${score.score_kind as "nps"}`, { defaultValue: score.score_kind }),
          })}
          value={write(score.effect)}
          range={interval(score.low, score.high, write)}
          more={t("unit.answers", { count: score.n, shown: count(score.n, language) })}
        />
      )}
      {finding.exposed !== null && (
        <Figure
          label={t(`exposed_of.${finding.kind as "gap"}`, { defaultValue: t("findings.exposed") })}
          value={count(finding.exposed, language)}
          more={[
            finding.reached
              ? t("findings.of_reached", {
                  share: share(finding.exposed / finding.reached, language),
                  n: count(finding.reached, language),
                })
              : null,
            divides && goal && finding.obstacle && t("finding.threshold", { threshold: divides }),
          ]
            .filter(Boolean)
            .join(" · ")}
        />
      )}
      {finding.severity !== null && (
        <Figure
          label={t("findings.severity")}
          value={count(finding.severity, language)}
          more={t("findings.of_100")}
        />
      )}
      {main && finding.severity === null && (
        <Figure
          label={t(`evidence.${main.name as "gap"}`, { defaultValue: main.name })}
          value={writeEvidence(main.value, main.unit, t, language)}
          range={evidenceInterval(main, t, language)}
        />
      )}
      <InCharge finding={finding} />
    </dl>
  );
}
