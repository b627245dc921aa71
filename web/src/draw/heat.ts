/** Which step of a colour scale a number stands on. The colour never stands alone: number and sign go with it. */

/** Below this many answers or journeys a number is shown grey: it may still be chance. */
export const ENOUGH = 30;

/** Steps of the diverging scale: -2 clearly bad .. 2 clearly good. */
export type Tone = -2 | -1 | 0 | 1 | 2;

/** Steps of the sequential scale: 0 nothing to see .. 4 a lot. */
export type Level = 0 | 1 | 2 | 3 | 4;

export const EMOTION_STEPS = [-30, -5, 5, 30] as const;
export const SHARE_STEPS = [0.01, 0.03, 0.1, 0.2] as const;
/** Ten minutes, an hour, a day, three days. */
export const WAIT_STEPS = [600, 3600, 86400, 3 * 86400] as const;

const stepOf = (value: number, steps: readonly number[]): number =>
  steps.filter((step) => value >= step).length;

export function emotionTone(emotion: number | null, n: number): Tone | null {
  if (emotion === null || n < ENOUGH) return null;
  return (stepOf(emotion, EMOTION_STEPS) - 2) as Tone;
}

export function shareLevel(value: number | null, n: number): Level | null {
  if (value === null || n < ENOUGH) return null;
  return stepOf(value, SHARE_STEPS) as Level;
}

export function waitLevel(seconds: number | null, n: number): Level | null {
  if (seconds === null || n < ENOUGH) return null;
  return stepOf(seconds, WAIT_STEPS) as Level;
}

/** The mouth of a drawn face: a curve that smiles or frowns with the emotion (-100..100). */
export function mouth(emotion: number, size: number): string {
  const bend = Math.max(-1, Math.min(1, emotion / 60)) * size * 0.34;
  const [half, y] = [size * 0.36, size * 0.28];
  const round = (value: number) => Math.round(value * 100) / 100;
  return `M${round(-half)},${round(y - bend / 2)}Q0,${round(y + bend)} ${round(half)},${round(y - bend / 2)}`;
}
