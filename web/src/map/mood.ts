/** The measured mood of a touchpoint beside the author's mark of it. */

import { ENOUGH } from "../draw";
import { type Column, markOf } from "./model";

/** One step of the author's scale (-2..2) in points of the measured one (-100..100). */
export const MARK = 50;

export const hasMood = (column: Column): boolean =>
  column.row !== null && column.row.emotion !== null && column.row.emotion_n > 0;

/** The mood where enough have answered; null where it would be one customer's mood. */
export const moodOf = (column: Column): number | null =>
  hasMood(column) && (column.row?.emotion_n ?? 0) >= ENOUGH ? (column.row?.emotion ?? null) : null;

/**
 * Which way the customers are apart from the author: 1 better, -1 worse, null where they are not.
 *
 * A whole mark stands for all that rounds to it, half a step either way, and a mark in halves for a quarter: they
 * are apart only where the 95 % interval of the mood lies wholly beyond that.
 */
export function apartOf(column: Column): 1 | -1 | null {
  const mark = markOf(column);
  const row = column.row;
  if (mark === null || moodOf(column) === null || row === null) return null;
  const half = (Number.isInteger(mark) ? 0.5 : 0.25) * MARK;
  const [low, high] = [row.emotion_low ?? -100, row.emotion_high ?? 100];
  if (low > mark * MARK + half) return 1;
  return high < mark * MARK - half ? -1 : null;
}
