/** The map that is being edited: changed on the screen at once, sent to the service behind it. */

import { createStore, type StoreApi } from "zustand/vanilla";
import { ServiceError } from "../../data/errors";
import { applyAll } from "../model/apply";
import { currentOf, same, touchpointNames } from "../model/document";
import { withInverse } from "../model/inverse";
import { isNoRename, renamesBetween } from "../model/rebase";
import type { Change, Conflict, MapDocument, Plain } from "../model/types";
import type { Answered, Loaded, MapService } from "./service";
import type { Shelf, Trouble, Waiting } from "./shelf";
import { type Step, stepNow, withStep } from "./steps";
import { packed, queued, rested, unpacked, withTroubles } from "./waiting";

export type { Trouble } from "./shelf";

export type Sync = "saved" | "saving" | "offline" | "denied";

export interface MapState {
  /** As it is on the screen: what the service has, and all that waits laid over it. */
  document: MapDocument;
  version: number;
  sync: Sync;
  waiting: Waiting[];
  troubles: Trouble[];
  undo: Step[];
  redo: Step[];
}

export interface MapActions {
  /** Make changes; answers what could not be made. `joined`: they are a part of the step before. */
  edit(label: string, changes: readonly Change[], joined?: boolean): Conflict[];
  /** Take the last step back; answers it, or null where there is none. */
  undo(): { step: Step; conflicts: Conflict[] } | null;
  redo(): { step: Step; conflicts: Conflict[] } | null;
  /** Send what waits now. */
  flush(): Promise<void>;
  /** Look whether others have changed the map. */
  poll(): Promise<void>;
  settle(trouble: Trouble, choice: "mine" | "theirs" | Plain): void;
  /** The whole document anew: after a restore or a conversion. */
  reload(loaded: Loaded): void;
  stop(): void;
}

export type MapStore = StoreApi<MapState> & MapActions;

interface Options {
  id: string;
  service: MapService;
  shelf: Shelf;
  loaded: Loaded;
  /** Milliseconds to wait for more typing before a batch goes. */
  pause?: number;
}

/** What the service says of a change that it will never take. All else may be over in a moment. */
const REFUSED: readonly string[] = ["usage", "map"];
/** This person may not, or the map is put away: what was typed waits, and goes with the next edit or opening. */
const DENIED: readonly string[] = ["forbidden", "conflict", "not_found"];
/** The service cannot be asked now. */
const OUT: readonly string[] = ["network", "unexpected", "workspace", "throttled"];
const BATCH = 400;
const RETRY = [1_000, 2_000, 4_000, 8_000, 15_000];

export function createMapStore({ id, service, shelf, loaded, pause = 500 }: Options): MapStore {
  const { waiting: adopted, troubles: unsettled } = shelf.adopt();
  let server = loaded.document;
  let flying = 0;
  let oneByOne = false;
  let failures = 0;
  let troubleId = unsettled.length;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const store = createStore<MapState>(() => ({
    document: applyAll(
      server,
      adopted.map(({ change }) => change),
    ).document,
    version: loaded.version,
    sync: adopted.length ? "saving" : "saved",
    waiting: adopted,
    troubles: unsettled.map((it, i) => ({ ...it, id: i + 1 })),
    undo: [],
    redo: [],
  }));
  const { getState: get, setState: set } = store;
  shelf.keep(adopted, get().troubles);
  store.subscribe((now, before) => {
    if (now.waiting !== before.waiting || now.troubles !== before.troubles)
      shelf.keep(now.waiting, now.troubles);
  });

  const schedule = (wait: number) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void flush(), wait);
  };

  const trouble = (conflict: Conflict, message = ""): Trouble => {
    troubleId += 1;
    return { ...conflict, id: troubleId, message, ...(message ? { reason: "refused" as const } : {}) };
  };

  function enqueue(changes: readonly Change[]): void {
    const { version, waiting } = get();
    const next = changes.reduce((list, change) => queued(list, change, version), waiting);
    set({ waiting: next, sync: get().sync === "offline" ? "offline" : "saving" });
    if (!failures) schedule(pause);
  }

  /** Takes in what the service has; what still waits is laid over it. */
  function receive(next: Loaded, rest: Waiting[], troubles: Trouble[]): void {
    const before = get();
    const own = rest.map(({ change }) => change);
    server = next.document;
    const { document } = applyAll(server, own);
    const kept = same(document, before.document) ? before.document : document;
    const moved = kept !== before.document && !same(touchpointNames(kept), touchpointNames(before.document));
    const renamed = moved ? renamesBetween(before.document, kept) : null;
    const steps =
      renamed && !isNoRename(renamed)
        ? {
            undo: before.undo.map((step) => stepNow(step, renamed)),
            redo: before.redo.map((step) => stepNow(step, renamed)),
          }
        : {};
    set({
      ...steps,
      document: kept,
      version: next.version,
      waiting: rest,
      troubles: withTroubles(before.troubles, troubles),
      sync: rest.length ? "saving" : "saved",
    });
  }

  function answered(base: number, batch: string, sent: number, answer: Answered): void {
    failures = 0;
    oneByOne = false;
    const rest = get().waiting.slice(sent);
    // Nobody else has written: what was typed meanwhile stands on the new version. Else the service translates names.
    const alone = answer.version <= base + 1 && !answer.conflicts.length;
    const now = rested(rest, batch, answer.version, alone);
    flying = 0;
    receive(
      answer,
      now,
      answer.conflicts.map((conflict) => trouble(conflict)),
    );
    if (now.length) schedule(0);
  }

  function failed(error: unknown, sent: Waiting[]): void {
    flying = 0;
    const kind = error instanceof ServiceError ? error.kind : "network";
    if (kind === "signin") {
      // Asked again once somebody has signed in.
      set({ sync: "offline" });
      return;
    }
    if (!REFUSED.includes(kind) && !DENIED.includes(kind)) {
      set({ sync: "offline" });
      schedule(RETRY[Math.min(failures, RETRY.length - 1)] ?? 15_000);
      failures += 1;
      return;
    }
    if (DENIED.includes(kind)) {
      set({ sync: "denied" });
      return;
    }
    if (sent.length > 1) {
      // One of them is at fault; the others must not wait for it.
      oneByOne = true;
      set({ waiting: unpacked(get().waiting, sent.length) });
      schedule(0);
      return;
    }
    const rest = get().waiting.slice(sent.length);
    const refused = sent.map(({ change }) =>
      trouble(
        {
          change,
          reason: "changed",
          current: change.op === "set" ? currentOf(server, change.on, change.path) : null,
        },
        error instanceof Error ? error.message : String(error),
      ),
    );
    receive({ document: server, version: get().version }, rest, refused);
    if (rest.length) schedule(0);
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    if (flying || !get().waiting.length || stopped) return;
    const { waiting, sent } = packed(get().waiting, oneByOne ? 1 : BATCH);
    flying = sent.length;
    // The name of the batch is kept before it goes.
    set({ waiting, ...(get().sync === "saved" ? { sync: "saving" as const } : {}) });
    const { base = 0, batch = "", mine = [] } = sent[0] ?? {};
    const changes = sent.map(({ change }) => change);
    try {
      answered(base, batch, sent.length, await service.send(id, { base, batch, mine, changes }));
    } catch (error) {
      failed(error, sent);
    }
  }

  async function poll(): Promise<void> {
    if (get().waiting.length || flying || stopped) return;
    try {
      const next = await service.load(id, get().version);
      if (next && !get().waiting.length && !flying && next.version > get().version) receive(next, [], []);
      else if (get().sync === "offline" && !get().waiting.length) set({ sync: "saved" });
    } catch (error) {
      if (error instanceof ServiceError && OUT.includes(error.kind)) set({ sync: "offline" });
    }
  }

  function edit(label: string, changes: readonly Change[], joined = false): Conflict[] {
    const { document, done, back, conflicts } = withInverse(get().document, changes);
    if (done.length) {
      set({ document, undo: withStep(get().undo, { label, done, back }, joined), redo: [] });
      enqueue(done);
    }
    // What was typed into a cell that has changed meanwhile is kept until the person decides.
    const typed = conflicts.filter(({ change, reason }) => change.op === "set" && reason !== "taken");
    if (typed.length)
      set({
        troubles: withTroubles(
          get().troubles,
          typed.map((it) => trouble(it)),
        ),
      });
    return conflicts;
  }

  function walk(from: "undo" | "redo") {
    const step = get()[from].at(-1);
    if (!step) return null;
    const to = from === "undo" ? "redo" : "undo";
    const { document, done, back, conflicts } = withInverse(get().document, step.back);
    const twin: Step = { label: step.label, done, back };
    set({
      document,
      [from]: get()[from].slice(0, -1),
      ...(done.length ? { [to]: [...get()[to], twin] } : {}),
    } as Partial<MapState>);
    if (done.length) enqueue(done);
    return { step, conflicts };
  }

  return {
    ...store,
    edit,
    undo: () => walk("undo"),
    redo: () => walk("redo"),
    flush,
    poll,
    settle(it, choice) {
      set({ troubles: get().troubles.filter((other) => other.id !== it.id) });
      const { change } = it;
      if (choice === "theirs") return;
      if (change.op === "set") {
        const value = choice === "mine" ? change.value : choice;
        edit("settle", [{ ...change, value, was: currentOf(get().document, change.on, change.path) }]);
        return;
      }
      // Still not possible: it stays a question.
      const again = edit("settle", [change]).map((conflict) => trouble(conflict));
      if (again.length) set({ troubles: withTroubles(get().troubles, again) });
    },
    reload(next) {
      set({ undo: [], redo: [] });
      receive(next, get().waiting, []);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      shelf.leave();
    },
  };
}
