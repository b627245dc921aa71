/** What was really seen in the data, gathered for picking: an activity, its channels, where it is bound. */

import type { Occurrences } from "../api";

export interface Seen {
  value: string;
  events: number;
  channels: string[];
  /** Touchpoints that have some of it already. */
  bound: string[];
  /** Events that no touchpoint has. */
  free: number;
}

export function groupSeen(all: Occurrences["seen"]): Seen[] {
  const byName = new Map<string, Seen>();
  for (const { activity, channel, events, bound } of all) {
    const seen = byName.get(activity) ?? { value: activity, events: 0, channels: [], bound: [], free: 0 };
    seen.events += events;
    seen.free += events - bound.reduce((sum, here) => sum + here.events, 0);
    if (channel && !seen.channels.includes(channel)) seen.channels.push(channel);
    for (const { touchpoint } of bound) if (!seen.bound.includes(touchpoint)) seen.bound.push(touchpoint);
    byName.set(activity, seen);
  }
  return [...byName.values()].sort((a, b) => b.events - a.events);
}

/** Which activities an expression finds; the service has the last word on what an expression is. */
export function expressionMatches(
  typed: string,
  seen: readonly Seen[],
): { matches: string[]; fault: boolean } {
  if (!typed) return { matches: [], fault: false };
  try {
    const expression = new RegExp(typed);
    return { matches: seen.filter((it) => expression.test(it.value)).map((it) => it.value), fault: false };
  } catch {
    return { matches: [], fault: true };
  }
}
