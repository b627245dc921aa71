import { useMemo } from "react";
import type { Cohort, Returned } from "../../api";
import { useLifecycle, useRetention } from "../../data/explore";
import { type Explore, journeysLink, oneOf } from "../../data/exploreAddress";
import { count, day, ENOUGH, share, shareInterval } from "../../draw";
import { useWords } from "../../i18n";
import kit from "../explore/explore.module.css";
import { Loaded, Nothing, Scroll, Switch, ToJourneys, type ViewProps } from "../explore/kit";
import { activeIn, cohortFilters, type PeriodUnit, RETURN_STEPS, returnLevel } from "./cohort";
import classes from "./cohorts.module.css";
import { LifecycleView } from "./LifecycleView";

const UNITS = ["week", "month", "day"] as const;
const KINDS = ["bounded", "unbounded"] as const;
const PERIODS: Record<PeriodUnit, number> = { day: 14, week: 12, month: 12 };

/** Who comes back, period after period, and how the customers of each period stand. */
export default function Cohorts({ explore }: ViewProps) {
  const { t } = useWords();
  const { search, choose } = explore;
  const period = oneOf(search, "period", UNITS);
  const kind = oneOf(search, "kind", KINDS);
  // One journey a customer: then a cohort is those whose journeys begin in its period, and its numbers open them.
  const filters = useMemo(() => ({ ...explore.filters, unit: "customer" as const }), [explore.filters]);
  const own = useMemo(() => ({ period, kind, periods: PERIODS[period] }), [period, kind]);
  const retention = useRetention(filters, own);
  const life = useMemo(() => ({ period }), [period]);
  const lifecycle = useLifecycle(filters, life);
  return (
    <>
      <p className={kit.lead}>{t("explore.cohorts.about")}</p>
      <div className={kit.controls}>
        <Switch
          label={t("explore.cohorts.period")}
          value={period}
          options={UNITS.map((value) => ({ value, label: t(`explore.cohorts.${value}`) }))}
          onChange={(value) => choose({ period: value === "week" ? null : value })}
        />
        <Switch
          label={t("explore.cohorts.kind")}
          value={kind}
          options={KINDS.map((value) => ({ value, label: t(`explore.cohorts.${value}`) }))}
          onChange={(value) => choose({ kind: value === "bounded" ? null : value })}
        />
      </div>
      <Loaded asked={retention} onClear={explore.clear}>
        {(told) =>
          told.cohorts.length === 0 ? (
            <Nothing title={t("explore.cohorts.none")} />
          ) : (
            <Triangle
              cohorts={told.cohorts}
              curve={told.curve}
              period={told.period as PeriodUnit}
              linked={told.kind === "bounded"}
              explore={explore}
            />
          )
        }
      </Loaded>
      <Loaded asked={lifecycle}>{(told) => <LifecycleView told={told} />}</Loaded>
    </>
  );
}

interface TriangleProps {
  cohorts: readonly Cohort[];
  curve: readonly Returned[];
  period: PeriodUnit;
  /** Whether a cell is those who were active in just that period, so that its journeys can be opened. */
  linked: boolean;
  explore: Explore;
}

function Triangle({ cohorts, curve, period, linked, explore }: TriangleProps) {
  const { t, language } = useWords();
  const after = curve.map((point) => point.after);
  const to = (cohort: Cohort, place: number) =>
    journeysLink(cohortFilters(explore.filters, cohort.begins, period), {
      ...(place === 0 ? {} : activeIn(cohort.begins, period, place)),
    });
  return (
    <Scroll label={t("explore.cohorts.title")}>
      <h2>{t("explore.cohorts.title")}</h2>
      <table className={classes.triangle} data-cohorts={cohorts.length}>
        <thead>
          <tr>
            <th scope="col">{t(`explore.cohorts.began_${period}`)}</th>
            <th scope="col">{t("explore.journeys.customers")}</th>
            {after.map((name, place) => (
              <th key={name} scope="col" style={{ textAlign: "center" }}>
                {place}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cohorts.map((cohort) => (
            <tr key={cohort.begins}>
              <th scope="row" className="number">
                {day(cohort.begins, language)}
                {!cohort.complete && <span className={classes.small}>{t("explore.cohorts.not_over")}</span>}
              </th>
              <td>
                <ToJourneys to={to(cohort, 0)} n={cohort.size} label={day(cohort.begins, language)} />
              </td>
              {cohort.returns.map((point, place) => (
                <Cell
                  key={point.after}
                  point={point}
                  to={linked && place > 0 ? to(cohort, place) : null}
                  label={`${day(cohort.begins, language)}, ${place}`}
                />
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("explore.cohorts.together")}</th>
            <td />
            {curve.map((point) => (
              <td key={point.after} title={t("explore.n", { n: count(point.n, language) })}>
                <b>{share(point.share, language)}</b>
                <span className={classes.small}>
                  {point.after !== curve[0]?.after &&
                    shareInterval(point.share_low, point.share_high, language)}
                </span>
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
      <p className={classes.legend}>
        {t("explore.cohorts.legend", {
          steps: RETURN_STEPS.map((step) => share(step, language)).join(" · "),
          few: count(ENOUGH, language),
        })}
      </p>
    </Scroll>
  );
}

function Cell({ point, to, label }: { point: Returned; to: string | null; label: string }) {
  const { t, language } = useWords();
  if (point.returned === null) return <td aria-label={t("explore.cohorts.not_over")} />;
  const few = point.n < ENOUGH;
  const title = [
    shareInterval(point.share_low, point.share_high, language),
    t("explore.n", { n: count(point.n, language) }),
  ].join(", ");
  return (
    <td
      data-level={few ? undefined : (returnLevel(point.share) ?? undefined)}
      data-few={few || undefined}
      title={title}
    >
      {share(point.share, language)}
      <span className={classes.small}>
        {to ? (
          <CellLink to={to} n={point.returned} label={label} />
        ) : (
          <span className="number">{count(point.returned, language)}</span>
        )}
      </span>
    </td>
  );
}

function CellLink({ to, n, label }: { to: string; n: number; label: string }) {
  return <ToJourneys to={to} n={n} label={label} />;
}
