/** An effect with its interval around zero, and the margin within which it would not matter. */

import { linear } from "./curve";

export interface Estimate {
  effect: number;
  low: number | null;
  high: number | null;
}

export interface EffectShape {
  zero: number;
  /** The margin, from its left to its right end. */
  margin: readonly [number, number];
  point: number;
  /** Ends of the interval, null where there is none. */
  interval: readonly [number, number] | null;
  /** The interval goes on beyond the picture. */
  openLeft: boolean;
  openRight: boolean;
}

export type Domain = readonly [number, number];

/** A share cannot change by more: an interval that goes beyond is cut off with an arrow. */
const WIDEST = 1;
/** At least this many margins are shown on each side of zero, so that the margin can be seen at all. */
const MARGINS = 2.5;

/** One scale for a whole list, so that its bars can be compared. */
export function effectDomain(estimates: readonly (Estimate | null)[], margin: number): Domain {
  let [left, right] = [-MARGINS * margin, MARGINS * margin];
  for (const estimate of estimates) {
    if (!estimate) continue;
    left = Math.min(left, estimate.low ?? estimate.effect);
    right = Math.max(right, estimate.high ?? estimate.effect);
  }
  return [Math.max(-WIDEST, left * 1.04), Math.min(WIDEST, right * 1.04)];
}

export function effectShape(estimate: Estimate, margin: number, domain: Domain, width: number): EffectShape {
  const scale = linear(domain, [0, width]);
  const place = (value: number) => Math.min(width, Math.max(0, scale(value)));
  const { effect, low, high } = estimate;
  return {
    zero: place(0),
    margin: [place(-margin), place(margin)],
    point: place(effect),
    interval: low === null || high === null ? null : [place(low), place(high)],
    openLeft: (low ?? effect) < domain[0],
    openRight: (high ?? effect) > domain[1],
  };
}

/** Round numbers from 0 (or the first of them below `low`) up to the first at or above `high`. */
export function ticks(low: number, high: number, wanted = 4): number[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [low];
  const rough = span / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
