import { Fragment } from "react";
import { Link } from "react-router";
import type { Funnel, FunnelStep } from "../../api";
import type { By } from "../../data/explore";
import { type Conditions, journeysLink } from "../../data/exploreAddress";
import type { Filters } from "../../data/queries";
import { count, duration, share, shareInterval } from "../../draw";
import { useWords } from "../../i18n";
import kit from "../explore/explore.module.css";
import { Figure, Nothing, ToJourneys } from "../explore/kit";
import classes from "./funnel.module.css";

export interface FunnelQuestion {
  by: By;
  steps: readonly string[];
  order: "ordered" | "strict" | "any";
  count: "journeys" | "customers";
  within: number | null;
}

/** The journeys that made so many steps, or just so many. */
export function conditionsOf(
  question: FunnelQuestion,
  made: Pick<Conditions, "made" | "stopped_after">,
): Conditions {
  const { by, steps, order, count: counted, within } = question;
  return {
    ...(by === "touchpoint" ? {} : { by }),
    steps: [...steps],
    ...(order === "ordered" ? {} : { order }),
    ...(counted === "journeys" ? {} : { count: counted }),
    ...(within === null ? {} : { within }),
    ...made,
  };
}

interface BarsProps {
  told: Funnel;
  question: FunnelQuestion;
  filters: Filters;
}

/** The funnel as bars, each with its interval; what is lost between two opens its journeys. */
export function FunnelBars({ told, question, filters }: BarsProps) {
  const { t, language } = useWords();
  const [first, last] = [told.steps[0], told.steps.at(-1)];
  if (!first || !last) return null;
  if (first.journeys === 0)
    return (
      <Nothing
        title={t("explore.funnel.nobody")}
        text={t("explore.funnel.nobody_about", { name: first.step })}
      />
    );
  const shownAs =
    question.order === "any" ? (place: number) => t("explore.funnel.any_n", { n: place + 1 }) : null;
  return (
    <section className={kit.card} data-funnel={first.journeys} aria-label={t("explore.view.funnel")}>
      <dl className={kit.figures} style={{ marginBottom: 14 }}>
        <Figure
          name={t("explore.funnel.whole")}
          value={share(last.share, language)}
          more={shareInterval(last.share_low, last.share_high, language)}
        />
        <Figure
          name={t("explore.funnel.entered")}
          value={count(first.journeys, language)}
          more={t("explore.funnel.of_all", {
            share: share(first.share_of_all, language),
            n: count(told.all, language),
          })}
        />
        <Figure name={t("explore.funnel.time")} value={duration(last.from_first_median_seconds, language)} />
      </dl>
      <ol className={classes.bars}>
        {told.steps.map((step, place) => (
          <Fragment key={place}>
            {place > 0 && <Between told={told} place={place} question={question} filters={filters} />}
            <li className={classes.barRow} data-step={place + 1}>
              <bdi className={classes.barName}>{shownAs ? shownAs(place) : `${place + 1}. ${step.step}`}</bdi>
              <Bar step={step} />
              <span className={classes.barNumbers}>
                <span>
                  <b>
                    <ToJourneys
                      to={journeysLink(filters, conditionsOf(question, { made: place + 1 }))}
                      n={step.journeys}
                      label={step.step}
                    />
                  </b>{" "}
                  <span className="number">{share(step.share, language)}</span>
                </span>
                {place > 0 && (
                  <span className={`number ${kit.more}`}>
                    {shareInterval(step.share_low, step.share_high, language)}
                  </span>
                )}
              </span>
            </li>
          </Fragment>
        ))}
      </ol>
    </section>
  );
}

function Bar({ step }: { step: FunnelStep }) {
  const percent = (value: number | null) => `${((value ?? 0) * 100).toFixed(2)}%`;
  const [low, high] = [step.share_low, step.share_high];
  return (
    <span className={classes.barTrack} aria-hidden="true">
      <span className={classes.barFill} style={{ width: percent(step.share) }} />
      {low !== null && high !== null && step.share !== 1 && (
        <span className={classes.whisker} style={{ left: percent(low), width: percent(high - low) }} />
      )}
    </span>
  );
}

function Between({ told, place, question, filters }: BarsProps & { place: number }) {
  const { t, language } = useWords();
  const [step, before] = [told.steps[place], told.steps[place - 1]];
  if (!step || !before) return null;
  // As on the map: whoever may still go on is not lost.
  const underWay = step.under_way ?? 0;
  const lost = step.dropped - underWay;
  const stopped = conditionsOf(question, { stopped_after: place });
  return (
    <li className={classes.between}>
      <span />
      <span className={classes.lost} data-lost={lost} data-under-way={underWay}>
        ↓ {t("explore.funnel.lost")}{" "}
        <ToJourneys
          to={journeysLink(filters, underWay ? { ...stopped, outcome: ["left", "reached"] } : stopped)}
          n={lost}
          label={t("explore.funnel.lost_after", { name: before.step })}
        />{" "}
        <span className="number">{share(before.journeys ? lost / before.journeys : null, language)}</span>
        {underWay > 0 && (
          <>
            {" · "}
            <Link
              className={`number ${classes.underWay}`}
              to={journeysLink(filters, { ...stopped, outcome: ["under_way"] })}
            >
              {t("map.under_way", { n: count(underWay, language) })}
            </Link>
          </>
        )}
      </span>
      <span>
        {step.median_seconds !== null &&
          t("explore.funnel.took", {
            median: duration(step.median_seconds, language),
            p90: duration(step.p90_seconds, language),
          })}
      </span>
    </li>
  );
}
