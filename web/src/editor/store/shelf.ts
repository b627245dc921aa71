/** What was typed and not yet sent, kept in the browser: it survives a lost network, a reload and a closed tab. */

import type { Change } from "../model/types";

/** A change that waits, and the version of the map that its author saw. */
export interface Waiting {
  change: Change;
  base: number;
}

interface Kept {
  /** When the tab that owns it was last alive; 0 once it has gone. */
  alive: number;
  waiting: Waiting[];
}

export interface Shelf {
  keep(waiting: readonly Waiting[]): void;
  /** What tabs that are gone have left behind for this map. */
  adopt(): Waiting[];
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

export function makeShelf(id: string, storage: Store | null, now: () => number = Date.now): Shelf {
  const prefix = `tropa.editor.waiting/${id}/`;
  const own = `${prefix}${Math.random().toString(36).slice(2)}`;
  let held: readonly Waiting[] = [];
  const write = (alive: number) => {
    try {
      if (held.length) storage?.setItem(own, JSON.stringify({ alive, waiting: held }));
      else storage?.removeItem(own);
    } catch {
      // A full or forbidden storage: the changes stay in memory and are sent all the same.
    }
  };
  return {
    keep(waiting) {
      held = waiting;
      write(now());
    },
    adopt() {
      const left: Waiting[] = [];
      if (!storage) return left;
      const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? "");
      for (const key of keys) {
        if (!key.startsWith(prefix) || key === own) continue;
        const kept = read(storage.getItem(key));
        if (kept && now() - kept.alive < SILENT_MS) continue;
        storage.removeItem(key);
        left.push(...(kept?.waiting ?? []));
      }
      return left;
    },
    beat: () => write(now()),
    leave: () => write(0),
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
