/** A promise and what was met on one line, so that the way between them can be seen. */

import { linear } from "./curve";

export interface GapNumbers {
  promise: number;
  reality: number | null;
  gap: number | null;
  gap_low: number | null;
  gap_high: number | null;
  unit: string;
}

export interface GapShape {
  promise: number;
  reality: number;
  interval: readonly [number, number] | null;
}

/** Free room on both sides, as a share of the width. */
const ROOM = 0.08;
/** Scores are told apart in tenths: the line is never shorter than this many points. */
const LEAST_POINTS = 1;

export function gapShape(numbers: GapNumbers, width: number): GapShape {
  const { promise, unit } = numbers;
  const reality = numbers.reality ?? promise;
  const low = promise + (numbers.gap_low ?? reality - promise);
  const high = promise + (numbers.gap_high ?? reality - promise);
  const ends = [promise, reality, low, high];
  let [left, right] = [Math.min(...ends), Math.max(...ends)];
  // Times and shares begin at nothing; scores have no such beginning.
  if (unit === "seconds" || unit === "share") left = Math.min(0, left);
  else if (right - left < LEAST_POINTS) {
    const middle = (left + right) / 2;
    [left, right] = [middle - LEAST_POINTS / 2, middle + LEAST_POINTS / 2];
  }
  const scale = linear([left, right], [width * ROOM, width * (1 - ROOM)]);
  const hasInterval = numbers.gap_low !== null && numbers.gap_high !== null;
  return {
    promise: scale(promise),
    reality: scale(reality),
    interval: hasInterval ? [scale(low), scale(high)] : null,
  };
}
