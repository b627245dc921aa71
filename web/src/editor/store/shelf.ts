/** What was typed and not yet sent, kept in the browser: it survives a lost network, a reload and a closed tab. */

import type { Change, Conflict } from "../model/types";

/** A change that waits, and the version of the map that its author saw. */
export interface Waiting {
  change: Change;
  base: number;
  /** The batch that it was sent in: its answer may have been lost, so it goes again as the same one. */
  batch?: string;
  /** Batches of one's own that were accepted after `base`. */
  mine?: string[];
}

/** Something that the person has to decide: what they wrote, and what stands in its place. */
export interface Trouble extends Omit<Conflict, "reason"> {
  id: number;
  reason: Conflict["reason"] | "refused";
  /** What the service said, where it refused the change. */
  message: string;
}

interface Held {
  waiting: readonly Waiting[];
  troubles: readonly Trouble[];
}

interface Kept extends Held {
  /** When the tab that owns it was last alive; 0 once it has gone. */
  alive: number;
}

export interface Shelf {
  keep(waiting: readonly Waiting[], troubles: readonly Trouble[]): void;
  /** What tabs that are gone have left behind for this map. */
  adopt(): { waiting: Waiting[]; troubles: Trouble[] };
  /** Says that this tab still lives. */
  beat(): void;
  /** Says that this tab goes: another may take over what it left. */
  leave(): void;
}

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** A tab that has not been heard of for so long is gone (browsers let hidden tabs speak once a minute). */
const SILENT_MS = 150_000;

function read(text: string | null): Kept | null {
  try {
    const kept: unknown = JSON.parse(text ?? "");
    if (typeof kept !== "object" || kept === null || !("waiting" in kept)) return null;
    return kept as Kept;
  } catch {
    return null;
  }
}

/** A shelf for one map and one person (by name, "" without accounts): nobody sends what another has typed. */
export function makeShelf(
  id: string,
  person: string,
  storage: Store | null,
  now: () => number = Date.now,
): Shelf {
  const prefix = `tropa.editor.waiting/${id}/${encodeURIComponent(person)}/`;
  const own = `${prefix}${Math.random().toString(36).slice(2)}`;
  let held: Held = { waiting: [], troubles: [] };
  // A page that goes may still be told to send (it is hidden after it has said goodbye): that is no sign of life.
  let isLeft = false;
  const write = (alive: number) => {
    try {
      if (held.waiting.length || held.troubles.length)
        storage?.setItem(own, JSON.stringify({ alive, ...held }));
      else storage?.removeItem(own);
    } catch {
      // A full or forbidden storage: the changes stay in memory and are sent all the same.
    }
  };
  return {
    keep(waiting, troubles) {
      held = { waiting, troubles };
      write(isLeft ? 0 : now());
    },
    adopt() {
      const left: { waiting: Waiting[]; troubles: Trouble[] } = { waiting: [], troubles: [] };
      if (!storage) return left;
      const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? "");
      for (const key of keys) {
        if (!key.startsWith(prefix) || key === own) continue;
        const kept = read(storage.getItem(key));
        if (kept && now() - kept.alive < SILENT_MS) continue;
        storage.removeItem(key);
        left.waiting.push(...(kept?.waiting ?? []));
        left.troubles.push(...(kept?.troubles ?? []));
      }
      return left;
    },
    beat() {
      isLeft = false;
      write(now());
    },
    leave() {
      isLeft = true;
      write(0);
    },
  };
}

/** The browser's storage, or null where it is forbidden. */
export function browserStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
