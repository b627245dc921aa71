/** Weeks side by side: how many reached, which share of them met the obstacle, and when that began. */

import { linear } from "./curve";
import { ENOUGH } from "./heat";

export interface WeekCount {
  week: string;
  reached: number;
  exposed: number;
}

export interface WeekMark {
  x: number;
  bar: { x: number; width: number; height: number };
  /** null where nobody got there. */
  share: number | null;
  y: number | null;
  few: boolean;
}

const DAY = 86_400_000;
const dayOf = (iso: string): number => Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / DAY;

export interface WeekScale {
  weeks: readonly WeekCount[];
  width: number;
  shareHeight: number;
  barHeight: number;
  mostShare: number;
}

export const shareOf = (week: WeekCount): number | null =>
  week.reached > 0 ? week.exposed / week.reached : null;

/** Where a day stands on the axis; null outside of the weeks that are shown. */
export function dayPlace(iso: string | null, { weeks, width }: WeekScale): number | null {
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (!iso || !first || !last) return null;
  const [from, to] = [dayOf(first.week), dayOf(last.week) + 7];
  const day = dayOf(iso);
  return Number.isFinite(day) && day >= from && day <= to ? linear([from, to], [0, width])(day) : null;
}

export function weekMarks(scale: WeekScale): WeekMark[] {
  const { weeks, width, shareHeight, barHeight, mostShare } = scale;
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (!first || !last) return [];
  const from = dayOf(first.week);
  const days = linear([from, dayOf(last.week) + 7], [0, width]);
  const step = days(from + 7) - days(from);
  const most = Math.max(1, ...weeks.map((week) => week.reached));
  return weeks.map((week) => {
    const left = days(dayOf(week.week));
    const share = shareOf(week);
    return {
      x: left + step / 2,
      bar: { x: left + step * 0.12, width: step * 0.76, height: (barHeight * week.reached) / most },
      share,
      y: share === null ? null : shareHeight * (1 - share / (mostShare || 1)),
      few: week.reached < ENOUGH,
    };
  });
}
