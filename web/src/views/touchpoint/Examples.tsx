import { Link } from "react-router";
import type { Example, Step } from "../../api";
import { journeyLink } from "../../data/exploreAddress";
import type { Filters } from "../../data/queries";
import { duration, secondsBetween } from "../../draw";
import { useWords } from "../../i18n";
import { useTimes } from "../../i18n/times";
import classes from "./touchpoint.module.css";

function StepLine({ step, before, here }: { step: Step; before: Step | undefined; here: string }) {
  const { t, language } = useWords();
  const gap = before ? secondsBetween(before.time, step.time) : null;
  return (
    <li
      className={classes.step}
      data-failed={step.failed || undefined}
      data-here={step.touchpoint === here || undefined}
    >
      {gap !== null && <span className={`number ${classes.wait}`}>{duration(gap, language)}</span>}
      <span className={classes.stepLine}>
        <span className={classes.stepDot} aria-hidden="true" />
        <bdi className={classes.stepName}>{step.touchpoint ?? step.activity}</bdi>
        {!step.touchpoint && <span className={classes.more}>{t("drawer.off_map")}</span>}
        {step.channel && <span className={classes.more}>{step.channel}</span>}
        {step.failed && <span className={classes.failed}>{t("drawer.failed")}</span>}
      </span>
    </li>
  );
}

/** Real journeys through this touchpoint: steps, the time between them, what failed, how it ended. */
export function Examples({
  examples,
  here,
  filters,
}: {
  examples: readonly Example[];
  here: string;
  filters: Filters;
}) {
  const { t } = useWords();
  const { moment } = useTimes();
  return (
    <ul className={classes.plain}>
      {examples.map((example) => {
        const more = example.steps_total - example.steps.length;
        return (
          <li
            key={`${example.customer_id}${example.case_id}${example.steps[0]?.time}`}
            className={classes.example}
          >
            <details>
              <summary>
                <span className={classes.outcome} data-outcome={example.outcome}>
                  {t(`outcome.${example.outcome as "left"}`, { defaultValue: example.outcome })}
                </span>
                <bdi>
                  {example.case_id
                    ? t("drawer.case", { id: example.case_id })
                    : t("drawer.customer", { id: example.customer_id })}
                </bdi>
                <span className={`number ${classes.more}`}>{moment(example.steps[0]?.time)}</span>
                <span className={classes.beads} aria-hidden="true">
                  {example.steps.slice(0, 18).map((step, i) => (
                    <span
                      key={`${step.time}${i}`}
                      data-failed={step.failed || undefined}
                      data-here={step.touchpoint === here || undefined}
                    />
                  ))}
                </span>
              </summary>
              <ol className={classes.steps}>
                {example.steps.map((step, i) => (
                  <StepLine key={`${step.time}${i}`} step={step} before={example.steps[i - 1]} here={here} />
                ))}
              </ol>
              <Link
                className={classes.more}
                to={journeyLink(filters, example.customer_id, example.case_id)}
                data-whole=""
              >
                {t("living.whole_journey")} <span aria-hidden="true">›</span>
              </Link>
              {more > 0 && <p className={classes.more}>{t("drawer.steps_more", { count: more })}</p>}
            </details>
          </li>
        );
      })}
    </ul>
  );
}
