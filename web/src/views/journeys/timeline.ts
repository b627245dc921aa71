/** A journey laid out as columns: an event each, between them gaps as wide as the logarithm of the time. Pure. */

import type { Happened, Life } from "../../api";

export const LANES = ["customer", "employee", "system", "words"] as const;
export type Lane = (typeof LANES)[number];

export interface Column {
  step: Happened;
  index: number;
  lane: Lane;
  /** Time since the column before, null at the beginning. */
  gap_seconds: number | null;
  /** Pixels of room before this column. */
  room: number;
  /** How the promise of the event was kept: seconds after (before: negative) the promised time; null: none or open. */
  late_seconds: number | null;
}

export interface Stretch {
  stage: string | null;
  from: number;
  to: number;
  seconds: number;
}

export interface Timeline {
  columns: Column[];
  stretches: Stretch[];
  lanes: Lane[];
}

/** From here on a pause stands out: it is longer than nine in ten of this journey's, and an hour at least. */
export const LONG_PAUSE = 3600;

const laneOf = (step: Happened): Lane =>
  step.what === "feedback"
    ? "words"
    : step.actor === "employee" || step.actor === "system"
      ? step.actor
      : "customer";

/** A minute shows, a month is not a hundred times as wide as a day. */
export function roomOf(seconds: number | null): number {
  if (seconds === null || seconds < 1) return 0;
  const room = Math.round(14 + 16 * Math.log10(1 + seconds / 60));
  // From a minute on the time is written there.
  return seconds < 60 ? room : Math.max(60, room + 8);
}

/** When what an event began was done: its own end, else the next event of the map at another touchpoint. */
function lateBy(steps: readonly Happened[], index: number): number | null {
  const step = steps[index];
  if (!step?.promised_at) return null;
  const done =
    step.ended_at ??
    steps
      .slice(index + 1)
      .find((next) => next.what === "event" && next.touchpoint !== step.touchpoint && next.touchpoint)?.time;
  if (!done) return null;
  const seconds = (Date.parse(done) - Date.parse(step.promised_at)) / 1000;
  return Number.isFinite(seconds) ? seconds : null;
}

export function timelineOf(life: Life, most: number): Timeline {
  const steps = life.steps.slice(0, most);
  const columns = steps.map((step, index): Column => {
    const before = steps[index - 1];
    const gap = before ? (Date.parse(step.time) - Date.parse(before.time)) / 1000 : null;
    const seconds = gap !== null && Number.isFinite(gap) ? gap : null;
    return {
      step,
      index,
      lane: laneOf(step),
      gap_seconds: seconds,
      room: roomOf(seconds),
      late_seconds: lateBy(life.steps, index),
    };
  });
  const stretches: Stretch[] = [];
  for (const column of columns) {
    const last = stretches.at(-1);
    const stage = column.step.stage;
    const stays = last && (stage === null || column.lane === "words" || stage === last.stage);
    if (stays) last.to = column.index;
    else stretches.push({ stage, from: column.index, to: column.index, seconds: 0 });
  }
  stretches.forEach((stretch, place) => {
    const next = stretches[place + 1];
    const [from, to] = [columns[stretch.from], columns[next ? next.from : stretch.to]];
    stretch.seconds = from && to ? (Date.parse(to.step.time) - Date.parse(from.step.time)) / 1000 : 0;
  });
  const used = new Set(columns.map((column) => column.lane));
  return { columns, stretches, lanes: LANES.filter((lane) => used.has(lane)) };
}
