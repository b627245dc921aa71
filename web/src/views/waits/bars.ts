import type { WaitBar } from "../../api";

/** Where a time stands among bars of unlike widths: within its bar by the logarithm, as the bars themselves. */
export function placeOf(seconds: number, bars: readonly WaitBar[]): number | null {
  const place = bars.findIndex(
    (bar) => seconds > bar.from_seconds && (bar.to_seconds === null || seconds <= bar.to_seconds),
  );
  const bar = bars[place];
  if (!bar) return null;
  if (bar.to_seconds === null || bar.from_seconds === 0) return place + 0.5;
  return place + Math.log(seconds / bar.from_seconds) / Math.log(bar.to_seconds / bar.from_seconds);
}
