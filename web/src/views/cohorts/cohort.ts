/** Periods of cohorts as days of the calendar. Pure. */

import type { Filters } from "../../data/queries";

export type PeriodUnit = "day" | "week" | "month";

/** The first day of a period so many later; days are ISO texts, and no time zone comes near them. */
export function laterDay(begins: string, unit: PeriodUnit, periods: number): string {
  const [year = 1970, month = 1, day = 1] = begins.slice(0, 10).split("-").map(Number);
  const moved =
    unit === "month"
      ? Date.UTC(year, month - 1 + periods, day)
      : Date.UTC(year, month - 1, day + periods * (unit === "week" ? 7 : 1));
  return new Date(moved).toISOString().slice(0, 10);
}

const dayBefore = (day: string): string => laterDay(day, "day", -1);

/** Filters that keep a cohort: customers whose first event, as far as the filters see, lies in its period. */
export function cohortFilters(filters: Filters, begins: string, unit: PeriodUnit): Filters {
  const last = dayBefore(laterDay(begins, unit, 1));
  const since = filters.since && filters.since > begins ? filters.since : begins;
  const until = filters.until && filters.until < last ? filters.until : last;
  return { ...filters, since, until, unit: "customer" };
}

/** Active in the period so many after the cohort's own. */
export function activeIn(
  begins: string,
  unit: PeriodUnit,
  after: number,
): { active_since: string; active_until: string } {
  return {
    active_since: laterDay(begins, unit, after),
    active_until: dayBefore(laterDay(begins, unit, after + 1)),
  };
}

/** Steps of the colour scale by the share that came back; one hue, so that it is read without telling colours apart. */
export const RETURN_STEPS = [0.01, 0.05, 0.15, 0.35] as const;

export const returnLevel = (share: number | null): number | null =>
  share === null ? null : RETURN_STEPS.filter((step) => share >= step).length;
