import type { ReactNode } from "react";
import type { Finding, Findings } from "../../data/findings";
import { count, decimal, points, pointsInterval, probability } from "../../draw";
import { useWords } from "../../i18n";
import classes from "./finding.module.css";
import { Section } from "./Section";
import { useThreshold } from "./threshold";

/** Standardised differences up to this are taken for balance (Austin 2009). */
const BALANCED = 0.1;

function Step({
  name,
  children,
  verdict,
}: {
  name: string;
  children: ReactNode;
  verdict?: "good" | "bad" | undefined;
}) {
  return (
    <div className={classes.how} data-verdict={verdict}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Balance({ finding }: { finding: Finding }) {
  const { t, language } = useWords();
  const compared = finding.compared;
  if (!compared) return null;
  const after = compared.balance_after;
  return (
    <Step name={t("how.adjusted")} verdict={after === null ? undefined : after <= BALANCED ? "good" : "bad"}>
      {compared.covariates.length ? t("how.adjusted_about") : t("how.adjusted_nothing")}{" "}
      {compared.covariates.length > 0 && (
        <span className={classes.covariates}>
          {[...new Set(compared.covariates)].map((name) => (
            <bdi key={name}>
              {t(`covariate.${name.replaceAll(" ", "_") as "week"}`, { defaultValue: name })}
            </bdi>
          ))}
        </span>
      )}
      {compared.balance_before !== null && after !== null && (
        <span>
          {t(after <= BALANCED ? "how.balanced" : "how.unbalanced", {
            before: decimal(compared.balance_before, language, 2),
            after: decimal(after, language, 2),
          })}
        </span>
      )}
    </Step>
  );
}

function Unseen({ finding }: { finding: Finding }) {
  const { t, language } = useWords();
  const compared = finding.compared;
  if (!compared || (compared.e_value === null && compared.e_value_limit === null)) return null;
  return (
    <Step name={t("how.unseen")}>
      {compared.e_value !== null && t("how.e_value", { e: decimal(compared.e_value, language, 2) })}{" "}
      {compared.e_value_limit !== null &&
        t(compared.e_value === null ? "how.e_value_only_limit" : "how.e_value_limit", {
          limit: decimal(compared.e_value_limit, language, 2),
        })}
    </Step>
  );
}

function Placebo({ finding }: { finding: Finding }) {
  const { t, language } = useWords();
  const placebo = finding.compared?.placebo;
  if (!placebo) return null;
  const quiet = placebo.low === null || placebo.high === null || (placebo.low <= 0 && placebo.high >= 0);
  const range = pointsInterval(placebo.low, placebo.high, language);
  return (
    <Step name={t("how.placebo")} verdict={quiet ? "good" : "bad"}>
      {t("how.placebo_about", {
        effect: points(placebo.effect, language) + (range ? ` (${t("summary.interval", { range })})` : ""),
      })}{" "}
      {t(quiet ? "how.placebo_good" : "how.placebo_bad")}
    </Step>
  );
}

/** A limit of time is judged at the moment when it passes; a score counts as low up to it; all else is counted. */
function dividing(finding: Finding) {
  if (finding.threshold_unit === "seconds") return "how.wait";
  return finding.threshold_unit === "points" ? "how.low_score" : "how.threshold";
}

/** How the verdict was reached, in words for people who do not compute. */
export function HowComputed({ finding, findings }: { finding: Finding; findings: Findings }) {
  const { t, language } = useWords();
  const threshold = useThreshold();
  const goal = finding.on_goal;
  if (!finding.obstacle || !(goal || finding.on_score)) return null;
  const divides = threshold(finding);
  const q = goal?.q ?? finding.on_score?.q ?? null;
  const sides = finding.compared;
  return (
    <Section title={t("how.title")} name="how">
      <dl className={classes.hows}>
        <Step name={t("how.who")}>
          {sides
            ? t("how.who_about", {
                exposed: count(sides.exposed.n, language),
                others: count(sides.others.n, language),
              })
            : t("how.who_plain")}{" "}
          {divides && t(dividing(finding), { threshold: divides })}
        </Step>
        <Balance finding={finding} />
        <Unseen finding={finding} />
        <Placebo finding={finding} />
        {q !== null && (
          <Step name={t("how.together")}>
            {t("how.together_about", {
              tested: count(findings.tested, language),
              q: probability(q, language),
            })}
          </Step>
        )}
        <Step name={t("how.kind")}>
          {t(`verdict_of.${finding.kind as "barrier"}`, {
            margin: points(findings.margin, language).replace("+", ""),
            defaultValue: "",
          })}
        </Step>
        {finding.lost_goals !== null && findings.goal_value && (
          <Step name={t("how.money")}>
            {t("how.money_about", { months: decimal(findings.months, language, 1) })}
          </Step>
        )}
      </dl>
    </Section>
  );
}
