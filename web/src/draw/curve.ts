/** A smooth line through points that never overshoots them (monotone cubic), with its band and its gaps. */

export interface CurvePoint {
  x: number;
  y: number;
  low: number;
  high: number;
}

const round = (value: number): number => Math.round(value * 100) / 100;

interface Knot {
  x: number;
  y: number;
}

/** Slopes after Fritsch and Carlson (1980): flat at turning points, so that no false peak is drawn. */
export function monotoneSlopes(knots: readonly Knot[]): number[] {
  const n = knots.length;
  if (n < 2) return knots.map(() => 0);
  const steps = knots.slice(1).map((knot, i) => knot.x - (knots[i]?.x ?? 0));
  const secants = knots.slice(1).map((knot, i) => (knot.y - (knots[i]?.y ?? 0)) / (steps[i] || 1));
  return knots.map((_, i) => {
    if (i === 0) return secants[0] ?? 0;
    if (i === n - 1) return secants[n - 2] ?? 0;
    const [before, after] = [secants[i - 1] ?? 0, secants[i] ?? 0];
    if (before * after <= 0) return 0;
    const [left, right] = [steps[i - 1] ?? 1, steps[i] ?? 1];
    return (3 * (left + right)) / ((2 * right + left) / before + (right + 2 * left) / after);
  });
}

function segments(knots: readonly Knot[]): string {
  const slopes = monotoneSlopes(knots);
  let path = "";
  for (let i = 1; i < knots.length; i++) {
    const [a, b] = [knots[i - 1] as Knot, knots[i] as Knot];
    const third = (b.x - a.x) / 3;
    const [ya, yb] = [a.y + third * (slopes[i - 1] ?? 0), b.y - third * (slopes[i] ?? 0)];
    path += `C${round(a.x + third)},${round(ya)} ${round(b.x - third)},${round(yb)} ${round(b.x)},${round(b.y)}`;
  }
  return path;
}

/** The line through one unbroken run of points. */
export function linePath(points: readonly Knot[]): string {
  const first = points[0];
  return first ? `M${round(first.x)},${round(first.y)}${segments(points)}` : "";
}

/** The band between `low` and `high` of one unbroken run. */
export function bandPath(points: readonly CurvePoint[]): string {
  const top = points.map((point) => ({ x: point.x, y: point.high }));
  const bottom = points.map((point) => ({ x: point.x, y: point.low })).reverse();
  const [first, turn] = [top[0], bottom[0]];
  if (!first || !turn) return "";
  return `M${round(first.x)},${round(first.y)}${segments(top)}L${round(turn.x)},${round(turn.y)}${segments(bottom)}Z`;
}

/** Splits where a value is missing: what was not measured is not drawn as if it were. */
export function runs<T>(items: readonly (T | null)[]): T[][] {
  const found: T[][] = [];
  let current: T[] = [];
  for (const item of items) {
    if (item === null) {
      if (current.length) found.push(current);
      current = [];
    } else current.push(item);
  }
  if (current.length) found.push(current);
  return found;
}

/** Straight joins across the gaps between runs, to be drawn thin and dashed. */
export function bridges(found: readonly (readonly Knot[])[]): { from: Knot; to: Knot }[] {
  const joins: { from: Knot; to: Knot }[] = [];
  for (let i = 1; i < found.length; i++) {
    const [from, to] = [found[i - 1]?.at(-1), found[i]?.[0]];
    if (from && to) joins.push({ from, to });
  }
  return joins;
}

/** Linear map of one range to another. */
export function linear(
  domain: readonly [number, number],
  range: readonly [number, number],
): (value: number) => number {
  const [d0, d1] = domain;
  const [r0, r1] = range;
  const span = d1 - d0 || 1;
  return (value) => r0 + ((value - d0) / span) * (r1 - r0);
}
