/** Names that others have changed: what was remembered under the old name is meant for the new one. */

import { same, touchpointsOf } from "./document";
import {
  type Change,
  type Fields,
  isStage,
  isTouchpoint,
  type MapDocument,
  type Named,
  type Target,
} from "./types";

export interface Renamed {
  stages: ReadonlyMap<string, string>;
  touchpoints: ReadonlyMap<string, string>;
}

interface Entry {
  name: string;
  body: Fields;
  at: string;
}

function pairs(was: Entry[], is: Entry[]): Map<string, string> {
  const before = new Set(was.map((entry) => entry.name));
  const after = new Set(is.map((entry) => entry.name));
  const lost = was.filter((entry) => !after.has(entry.name));
  const fresh = is.filter((entry) => !before.has(entry.name));
  const found = new Map<string, string>();
  for (const entry of lost) {
    const twin = fresh.find((other) => same(other.body, entry.body) && other.at === entry.at);
    const moved =
      twin ?? fresh.find((other) => Object.keys(entry.body).length > 0 && same(other.body, entry.body));
    if (!moved) continue;
    found.set(entry.name, moved.name);
    fresh.splice(fresh.indexOf(moved), 1);
  }
  return found;
}

const stageEntries = (document: MapDocument): Entry[] =>
  document.stages.map(({ stage, ...rest }, i) => {
    const { touchpoints: _inside, ...body } = rest as Fields;
    return { name: stage, body, at: String(i) };
  });

const touchpointEntries = (document: MapDocument): Entry[] =>
  document.stages.flatMap((stage, i) =>
    touchpointsOf(stage).map(({ touchpoint, ...body }, j) => ({ name: touchpoint, body, at: `${i}/${j}` })),
  );

/** Which names stand for others now: an entry that is the same but for its name has been renamed. */
export function renamesBetween(was: MapDocument, is: MapDocument): Renamed {
  return {
    stages: pairs(stageEntries(was), stageEntries(is)),
    touchpoints: pairs(touchpointEntries(was), touchpointEntries(is)),
  };
}

export const isNoRename = (renamed: Renamed): boolean => !renamed.stages.size && !renamed.touchpoints.size;

const stageNow = (renamed: Renamed, name: string) => renamed.stages.get(name) ?? name;
const touchpointNow = (renamed: Renamed, name: string) => renamed.touchpoints.get(name) ?? name;

export function targetNow<T extends Target>(on: T, renamed: Renamed): T {
  if (isStage(on)) return { stage: stageNow(renamed, on.stage) } as T;
  if (isTouchpoint(on)) return { touchpoint: touchpointNow(renamed, on.touchpoint) } as T;
  return on;
}

/** The same change under the names of now. */
export function changeNow(change: Change, renamed: Renamed): Change {
  const on = targetNow(change.on, renamed);
  if (change.op === "set" || change.op === "rename") return { ...change, on };
  const named = on as Named;
  if (change.op === "remove") return { ...change, on: named };
  const { after } = change;
  return {
    ...change,
    on: named,
    ...(change.stage === undefined ? {} : { stage: stageNow(renamed, change.stage) }),
    after: after === null ? null : isStage(named) ? stageNow(renamed, after) : touchpointNow(renamed, after),
  };
}
