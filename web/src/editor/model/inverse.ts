/** What takes a change back. */

import { apply } from "./apply";
import { currentOf, findStage, findTouchpoint, goalOf, same, touchpointsOf } from "./document";
import { type Change, isStage, isTouchpoint, type MapDocument } from "./types";

const before = <T>(list: readonly T[], at: number, name: (entry: T) => string): string | null => {
  const entry = at > 0 ? list[at - 1] : undefined;
  return entry === undefined ? null : name(entry);
};

function placeOf(document: MapDocument, on: { stage: string } | { touchpoint: string }) {
  if (isStage(on)) {
    const at = document.stages.findIndex((stage) => stage.stage === on.stage);
    return { after: before(document.stages, at, (stage) => stage.stage) };
  }
  const place = findTouchpoint(document, on.touchpoint);
  if (!place) return { after: null };
  const list = touchpointsOf(place.stage);
  return { stage: place.stage.stage, after: before(list, place.index, (it) => it.touchpoint) };
}

/** Changes that undo this one, computed on the document as it stood before it. */
export function inverse(document: MapDocument, change: Change): Change[] {
  const { on } = change;
  switch (change.op) {
    case "set": {
      const value = currentOf(document, change.on, change.path);
      return [{ ...change, value, was: change.value }];
    }
    case "rename": {
      if (isStage(on)) return [{ op: "rename", on: { stage: change.to }, to: on.stage }];
      if (isTouchpoint(on)) return [{ op: "rename", on: { touchpoint: change.to }, to: on.touchpoint }];
      return [{ op: "rename", on, to: document.map }];
    }
    case "add":
      // With its name, as it stands there afterwards: what others write into it meanwhile is not taken away.
      return [{ op: "remove", on: change.on, was: { ...change.document, ...change.on } }];
    case "move":
      return [{ op: "move", on: change.on, ...placeOf(document, change.on) }];
    case "remove": {
      const fields = isStage(change.on)
        ? findStage(document, change.on.stage)
        : findTouchpoint(document, change.on.touchpoint)?.touchpoint;
      if (!fields) return [];
      const back: Change[] = [
        { op: "add", on: change.on, ...placeOf(document, change.on), document: fields },
      ];
      const applied = apply(document, change);
      if ("document" in applied && !same(goalOf(applied.document), goalOf(document)))
        back.push({
          op: "set",
          on: { map: true },
          path: ["goal"],
          value: document.goal ?? null,
          was: applied.document.goal ?? null,
        });
      return back;
    }
  }
}

/** The changes that were possible, and what takes all of them back, in the order in which to do it. */
export function withInverse(document: MapDocument, changes: readonly Change[]) {
  let now = document;
  let back: Change[] = [];
  const done: Change[] = [];
  const conflicts = [];
  for (const change of changes) {
    const applied = apply(now, change);
    if ("conflict" in applied) conflicts.push(applied.conflict);
    else if (applied.document !== now) {
      const made = applied.made ?? change;
      back = [...inverse(now, made), ...back];
      done.push(made);
      now = applied.document;
    }
  }
  return { document: now, done, back, conflicts };
}
