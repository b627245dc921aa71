/** Two maps of the same journeys: what the second adds, drops and changes. */

import type { Column, MapModel } from "../../map/model";

export type Fate = "added" | "gone" | "stays";

export interface Fated {
  name: string;
  fate: Fate;
  /** In the first map and in the second. */
  first: Column | null;
  second: Column | null;
  /** The stage under which it stands here. */
  stage: string | null;
  /** The stage from which it moves; null where it stays in its own. */
  from: string | null;
  changed: boolean;
}

const stageOf = (model: MapModel, column: Column): string | null => model.stages[column.stage]?.name ?? null;

const promises = (column: Column | null): string => JSON.stringify(column?.drawn?.expects ?? null);

/** What is written of a touchpoint, without its name and what binds it. */
const written = (column: Column): string => {
  const { touchpoint: _name, when: _when, evidence: _evidence, ...rest } = column.drawn ?? { touchpoint: "" };
  return JSON.stringify(rest);
};

/** Columns of both maps: those of the second in its order, each that goes after the one that it stood behind. */
export function fates(first: MapModel, second: MapModel): Fated[] {
  const before = new Map(first.columns.filter((one) => !one.empty).map((one) => [one.name, one]));
  const result: Fated[] = second.columns
    .filter((one) => !one.empty)
    .map((column) => {
      const own = before.get(column.name) ?? null;
      const stage = stageOf(second, column);
      const was = own && stageOf(first, own);
      return {
        name: column.name,
        fate: own ? "stays" : "added",
        first: own,
        second: column,
        stage,
        from: own && was !== stage ? was : null,
        changed: own !== null && (written(own) !== written(column) || was !== stage),
      };
    });
  const kept = new Set(result.map((one) => one.name));
  let last = -1;
  for (const column of before.values()) {
    if (kept.has(column.name)) {
      last = result.findIndex((one) => one.name === column.name);
      continue;
    }
    last += 1;
    result.splice(last, 0, {
      name: column.name,
      fate: "gone",
      first: column,
      second: null,
      // Its own: where the maps share nothing, that of a neighbour would be a stage in which it never stood.
      stage: stageOf(first, column),
      from: null,
      changed: false,
    });
  }
  return result;
}

export const promisesDiffer = (one: Fated): boolean => promises(one.first) !== promises(one.second);

export function summed(all: readonly Fated[]) {
  const stays = all.filter((one) => one.fate === "stays");
  const checks = all.flatMap((one) => one.second?.row?.expectations ?? []);
  const told = checks.filter((check) => check.verdict !== null);
  return {
    added: all.filter((one) => one.fate === "added").length,
    gone: all.filter((one) => one.fate === "gone").length,
    changed: stays.filter((one) => one.changed).length,
    same: stays.filter((one) => !one.changed).length,
    kept: told.filter((check) => check.verdict === "kept").length,
    promises: told.length,
  };
}
