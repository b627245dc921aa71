import { same } from "../model/document";
import type { Change } from "../model/types";
import type { Trouble, Waiting } from "./shelf";

/** A later value of the same cell takes the place of one that still waits; what was sent once stays as it was. */
export function queued(waiting: readonly Waiting[], change: Change, base: number): Waiting[] {
  const last = waiting.at(-1);
  if (
    last &&
    last.batch === undefined &&
    last.base === base &&
    change.op === "set" &&
    last.change.op === "set" &&
    same(last.change.on, change.on) &&
    same(last.change.path, change.path)
  )
    return [...waiting.slice(0, -1), { ...last, change: { ...change, was: last.change.was } }];
  return [...waiting, { change, base }];
}

/** How many of the first go together: those of one batch, or else those that were made on the same version. */
function together(waiting: readonly Waiting[], most: number): number {
  const first = waiting[0];
  const other = waiting.findIndex(
    ({ base, batch, mine }) =>
      base !== first?.base || batch !== first.batch || !same(mine ?? [], first.mine ?? []),
  );
  const alike = other < 0 ? waiting.length : other;
  return first?.batch === undefined ? Math.min(alike, most) : alike;
}

const freshId = () => Array.from({ length: 3 }, () => Math.random().toString(36).slice(2, 12)).join("");

/** What goes next, under the name of its batch; and all that waits, with that name on it. */
export function packed(waiting: readonly Waiting[], most: number): { waiting: Waiting[]; sent: Waiting[] } {
  const count = together(waiting, most);
  const batch = waiting[0]?.batch ?? freshId();
  const sent = waiting.slice(0, count).map((entry) => ({ ...entry, batch }));
  return { waiting: [...sent, ...waiting.slice(count)], sent };
}

/** What still waits after a batch was accepted: on the new version, or on the old one with the batch as one's own. */
export function rested(rest: readonly Waiting[], batch: string, version: number, alone: boolean): Waiting[] {
  return rest.map((entry) =>
    alone ? { change: entry.change, base: version } : { ...entry, mine: [...(entry.mine ?? []), batch] },
  );
}

/** The first entries as if they had not been sent: they go again one by one, under other names. */
export const unpacked = (waiting: readonly Waiting[], count: number): Waiting[] =>
  waiting.map(({ batch, ...entry }, i) => (i < count || batch === undefined ? entry : { ...entry, batch }));

/** One question a cell: the newest value that was typed into it. */
export const withTroubles = (known: readonly Trouble[], fresh: readonly Trouble[]) => {
  const cell = (it: Trouble) =>
    JSON.stringify([it.change.on, it.change.op === "set" ? it.change.path : it.change.op]);
  const newer = new Set(fresh.map(cell));
  return [...known.filter((it) => !newer.has(cell(it))), ...fresh];
};
