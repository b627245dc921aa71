/** A change made to the document. The same rules hold in the service: what is refused here is refused there. */

import { fieldsOf, findStage, findTouchpoint, goalOf, same, touchpointsOf, valueAt } from "./document";
import { mergedLists } from "./lists";
import {
  type AddChange,
  type Change,
  type Conflict,
  type Fields,
  isRecord,
  isStage,
  isTouchpoint,
  type MapDocument,
  type MoveChange,
  type Plain,
  type RemoveChange,
  type RenameChange,
  type SetChange,
  type StageDocument,
  type TouchpointDocument,
} from "./types";

/** The document afterwards; `made` is the change as it was made, where it was laid over what others had written. */
export type Applied = { document: MapDocument; made?: Change } | { conflict: Conflict };

const refuse = (change: Change, reason: Conflict["reason"], current: Plain = null): Applied => ({
  conflict: { change, reason, current },
});

/** The fields with a value at the path; null removes the key, and a mapping that becomes empty goes with it. */
export function withValue(fields: Fields, path: readonly string[], value: Plain): Fields {
  const [key, ...rest] = path;
  if (key === undefined) return fields;
  const { [key]: now, ...others } = fields;
  const inner: Plain = rest.length ? withValue(isRecord(now) ? now : {}, rest, value) : value;
  if (inner === null || (rest.length && isRecord(inner) && Object.keys(inner).length === 0)) return others;
  // Over the old key: the order of the keys stays as the author wrote them.
  return { ...fields, [key]: inner };
}

const withStage = (document: MapDocument, name: string, change: (stage: StageDocument) => StageDocument) => ({
  ...document,
  stages: document.stages.map((stage) => (stage.stage === name ? change(stage) : stage)),
});

function withTouchpoints(stage: StageDocument, touchpoints: TouchpointDocument[]): StageDocument {
  if (touchpoints.length) return { ...stage, touchpoints };
  const { touchpoints: _none, ...rest } = stage;
  return rest as StageDocument;
}

function withTouchpoint(
  document: MapDocument,
  name: string,
  change: (touchpoint: TouchpointDocument) => TouchpointDocument,
): MapDocument {
  const place = findTouchpoint(document, name);
  if (!place) return document;
  return withStage(document, place.stage.stage, (stage) => ({
    ...stage,
    touchpoints: touchpointsOf(stage).map((touchpoint, i) =>
      i === place.index ? change(touchpoint) : touchpoint,
    ),
  }));
}

function withGoal(document: MapDocument, goal: string[]): MapDocument {
  if (same(goal, goalOf(document))) return document;
  return withValue(document, ["goal"], goal.length ? goal : null) as MapDocument;
}

/** The list with an entry behind the named one; null is the first place, a name that is gone the last. */
function inserted<T>(list: readonly T[], entry: T, after: string | null, name: (entry: T) => string): T[] {
  if (after === null) return [entry, ...list];
  const at = list.findIndex((other) => name(other) === after);
  return at < 0 ? [...list, entry] : [...list.slice(0, at + 1), entry, ...list.slice(at + 1)];
}

const stageName = (stage: StageDocument) => stage.stage;
const touchpointName = (touchpoint: TouchpointDocument) => touchpoint.touchpoint;

function applySet(document: MapDocument, change: SetChange): Applied {
  const fields = fieldsOf(document, change.on);
  if (!fields) return refuse(change, "gone");
  const current = valueAt(fields, change.path);
  if (same(current, change.value)) return { document };
  if (!same(current, change.was)) {
    const both = mergedLists(change.was, change.value, current);
    if (!both) return refuse(change, "changed", current);
    const made: Change = { ...change, was: current, value: both.length ? both : null };
    const applied = applySet(document, made);
    return "document" in applied ? { ...applied, made } : applied;
  }
  const { on } = change;
  const set = (before: Fields) => withValue(before, change.path, change.value);
  if (isStage(on)) return { document: withStage(document, on.stage, (stage) => set(stage) as StageDocument) };
  if (isTouchpoint(on))
    return { document: withTouchpoint(document, on.touchpoint, (it) => set(it) as TouchpointDocument) };
  return { document: set(document) as MapDocument };
}

function applyRename(document: MapDocument, change: RenameChange): Applied {
  const { on, to } = change;
  if (isStage(on)) {
    if (!findStage(document, on.stage)) return refuse(change, "gone");
    if (to !== on.stage && findStage(document, to)) return refuse(change, "taken", to);
    return { document: withStage(document, on.stage, (stage) => ({ ...stage, stage: to })) };
  }
  if (!isTouchpoint(on)) return { document: { ...document, map: to } };
  if (!findTouchpoint(document, on.touchpoint)) return refuse(change, "gone");
  if (to !== on.touchpoint && findTouchpoint(document, to)) return refuse(change, "taken", to);
  const renamed = withTouchpoint(document, on.touchpoint, (it) => ({ ...it, touchpoint: to }));
  return {
    document: withGoal(
      renamed,
      goalOf(document).map((name) => (name === on.touchpoint ? to : name)),
    ),
  };
}

function applyAdd(document: MapDocument, change: AddChange): Applied {
  const { on, after } = change;
  if (isStage(on)) {
    const stage = { ...change.document, stage: on.stage } as StageDocument;
    if (findStage(document, on.stage)) return refuse(change, "taken", on.stage);
    const twice = touchpointsOf(stage).find((it) => findTouchpoint(document, it.touchpoint));
    if (twice) return refuse(change, "taken", twice.touchpoint);
    return { document: { ...document, stages: inserted(document.stages, stage, after, stageName) } };
  }
  const into = change.stage ?? "";
  if (!findStage(document, into)) return refuse(change, "gone");
  if (findTouchpoint(document, on.touchpoint)) return refuse(change, "taken", on.touchpoint);
  const touchpoint = { ...change.document, touchpoint: on.touchpoint };
  return {
    document: withStage(document, into, (stage) =>
      withTouchpoints(stage, inserted(touchpointsOf(stage), touchpoint, after, touchpointName)),
    ),
  };
}

function applyMove(document: MapDocument, change: MoveChange): Applied {
  const { on, after } = change;
  if (isStage(on)) {
    const stage = findStage(document, on.stage);
    if (!stage) return refuse(change, "gone");
    const others = document.stages.filter((other) => other !== stage);
    return { document: { ...document, stages: inserted(others, stage, after, stageName) } };
  }
  const place = findTouchpoint(document, on.touchpoint);
  const into = change.stage ?? place?.stage.stage ?? "";
  if (!place || !findStage(document, into)) return refuse(change, "gone");
  const without = withStage(document, place.stage.stage, (stage) =>
    withTouchpoints(
      stage,
      touchpointsOf(stage).filter((_, i) => i !== place.index),
    ),
  );
  return {
    document: withStage(without, into, (stage) =>
      withTouchpoints(stage, inserted(touchpointsOf(stage), place.touchpoint, after, touchpointName)),
    ),
  };
}

/** Without keys that say nothing, at every level: an empty list is no difference. */
function said(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(said);
  if (!isRecord(value)) return value;
  const full = Object.entries(value).map(([key, inner]): [string, Plain] => [key, said(inner)]);
  return Object.fromEntries(full.filter(([, inner]) => !isNothing(inner)));
}

const isNothing = (value: Plain): boolean =>
  value === null ||
  value === "" ||
  (typeof value === "object" && (Array.isArray(value) ? value : Object.keys(value)).length === 0);

function applyRemove(document: MapDocument, change: RemoveChange): Applied {
  const { on } = change;
  if (isStage(on)) {
    const stage = findStage(document, on.stage);
    if (!stage) return refuse(change, "gone");
    if (change.was && !same(said(stage), said(change.was))) return refuse(change, "changed", stage);
    const lost = new Set(touchpointsOf(stage).map(touchpointName));
    const rest = { ...document, stages: document.stages.filter((other) => other !== stage) };
    return {
      document: withGoal(
        rest,
        goalOf(document).filter((name) => !lost.has(name)),
      ),
    };
  }
  const place = findTouchpoint(document, on.touchpoint);
  if (!place) return refuse(change, "gone");
  if (change.was && !same(said(place.touchpoint), said(change.was)))
    return refuse(change, "changed", place.touchpoint);
  const rest = withStage(document, place.stage.stage, (stage) =>
    withTouchpoints(
      stage,
      touchpointsOf(stage).filter((_, i) => i !== place.index),
    ),
  );
  return {
    document: withGoal(
      rest,
      goalOf(document).filter((name) => name !== on.touchpoint),
    ),
  };
}

export function apply(document: MapDocument, change: Change): Applied {
  switch (change.op) {
    case "set":
      return applySet(document, change);
    case "rename":
      return applyRename(document, change);
    case "add":
      return applyAdd(document, change);
    case "move":
      return applyMove(document, change);
    case "remove":
      return applyRemove(document, change);
  }
}

/** All changes one after the other; those that cannot be made are told, the others are made. */
export function applyAll(document: MapDocument, changes: readonly Change[]) {
  const conflicts: Conflict[] = [];
  let now = document;
  for (const change of changes) {
    const applied = apply(now, change);
    if ("conflict" in applied) conflicts.push(applied.conflict);
    else now = applied.document;
  }
  return { document: now, conflicts };
}
