/** The steps of a funnel as a list that a person arranges. Pure. */

export function moved(steps: readonly string[], from: number, to: number): string[] {
  if (from === to || from < 0 || from >= steps.length || to < 0 || to >= steps.length) return [...steps];
  const rest = steps.filter((_, place) => place !== from);
  return [...rest.slice(0, to), steps[from] as string, ...rest.slice(to)];
}

/** Where a step lands that is dropped above or below another. */
export function landing(from: number, over: number, edge: "top" | "bottom"): number {
  const to = edge === "top" ? over : over + 1;
  return from < to ? to - 1 : to;
}

export const WINDOWS = [
  3600,
  86_400,
  3 * 86_400,
  7 * 86_400,
  14 * 86_400,
  30 * 86_400,
  60 * 86_400,
  90 * 86_400,
];

/** Within how many seconds; null: without a limit. */
export function readWindow(text: string | null): number | null {
  const seconds = Number(text || "x");
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}
