/** What two groups have in common and where they really differ, touchpoint by touchpoint. */

import type { Comparison, ExpectationCheck, TouchpointRow, Touchpoints } from "../../api";
import type { Compared } from "../../data/compare";
import { throughStages } from "../../draw";
import type { Column } from "../../map/model";

type Difference = Comparison["differences"][number];

export const MEASURES = [
  "share",
  "drop_off_share",
  "emotion",
  "next_median_seconds",
  "failure_share",
  "reached_again_share",
] as const;
export type Measure = (typeof MEASURES)[number];

/** More is worse for all but these; of the share of journeys neither is. */
const MORE_IS_BETTER: ReadonlySet<string> = new Set(["emotion", "kept_share"]);

export interface Pair {
  first: number | null;
  second: number | null;
  /** Second minus first; null where it cannot be told. */
  change: number | null;
  low: number | null;
  high: number | null;
  differs: boolean;
  /** 1 the second is better, -1 worse, 0 neither way. */
  side: -1 | 0 | 1;
}

/** The name of a row in the differences, as the service writes it. */
export const placeOf = (row: { stage: string | null; touchpoint: string }): string =>
  row.stage === null ? row.touchpoint : `${row.stage} / ${row.touchpoint}`;

export const checkPlace = (row: TouchpointRow, check: ExpectationCheck): string =>
  [placeOf(row), check.expectation, check.unit, check.worse_when, check.score_kind]
    .filter((part) => part !== null)
    .join(" / ");

const key = (where: string, measure: string): string => `${where}\n${measure}`;

export type Differences = ReadonlyMap<string, Difference>;

export const indexed = (differences: readonly Difference[]): Differences =>
  new Map(differences.map((one) => [key(one.where, one.measure), one]));

/** Turned round: people read from the first to the second. */
export function pairOf(
  found: Differences,
  where: string,
  measure: string,
  first: number | null | undefined,
  second: number | null | undefined,
): Pair | null {
  const told = found.get(key(where, measure));
  if (!told && (first ?? null) === null && (second ?? null) === null) return null;
  const change = told ? -told.difference : null;
  const better = MORE_IS_BETTER.has(measure) ? 1 : -1;
  const side = change === null || measure === "share" ? 0 : (Math.sign(change * better) as -1 | 0 | 1);
  return {
    first: told?.first ?? first ?? null,
    second: told?.second ?? second ?? null,
    change,
    low: told ? -told.difference_high : null,
    high: told ? -told.difference_low : null,
    differs: told?.differs ?? false,
    side: told?.differs ? side : 0,
  };
}

export interface ComparedColumn {
  column: Column;
  first: TouchpointRow | null;
  second: TouchpointRow | null;
  /** Share of each group that went through the stage, here or past here. */
  through: { first: number; second: number };
  pairs: Record<Measure, Pair | null>;
  /** How many of its numbers really differ. */
  differing: number;
}

const differingChecks = (row: TouchpointRow, found: Differences): number =>
  row.expectations.filter((check) => found.get(key(checkPlace(row, check), "kept_share"))?.differs).length;

function stageShares(group: Compared<Touchpoints>["groups"][number] | undefined): Map<string, number> {
  const stages = group?.result.stages ?? [];
  const whole = throughStages(stages);
  return new Map(
    stages.map((row, i) => [row.stage ?? "", (whole[i] ?? 0) / Math.max(1, group?.journeys ?? 0)]),
  );
}

export function compareColumns(columns: readonly Column[], told: Compared<Touchpoints>): ComparedColumn[] {
  const rows = told.groups.map(
    (group) => new Map(group.result.touchpoints.map((row) => [row.touchpoint, row])),
  );
  const found = indexed(told.differences);
  const [before, after] = [stageShares(told.groups[0]), stageShares(told.groups[1])];
  return columns
    .filter((column) => !column.empty)
    .map((column) => {
      const [first, second] = [rows[0]?.get(column.name) ?? null, rows[1]?.get(column.name) ?? null];
      const where = placeOf(first ?? second ?? { stage: null, touchpoint: column.name });
      const pairs = Object.fromEntries(
        MEASURES.map((measure) => [
          measure,
          pairOf(found, where, measure, first?.[measure], second?.[measure]),
        ]),
      ) as Record<Measure, Pair | null>;
      const own = MEASURES.filter((measure) => pairs[measure]?.differs).length;
      const stage = (first ?? second)?.stage ?? "";
      const through = { first: before.get(stage) ?? 0, second: after.get(stage) ?? 0 };
      return {
        column,
        first,
        second,
        through,
        pairs,
        differing: own + (first ? differingChecks(first, found) : 0),
      };
    });
}

/** The furthest from nothing, measured by the width of their own intervals. */
export function strongest(columns: readonly ComparedColumn[], most: number) {
  return columns
    .flatMap(({ column, pairs }) =>
      MEASURES.flatMap((measure) => {
        const pair = pairs[measure];
        if (!pair?.differs || pair.change === null || pair.low === null || pair.high === null) return [];
        const width = Math.max(1e-12, pair.high - pair.low);
        return [{ column, measure, pair, weight: Math.abs(pair.change) / width }];
      }),
    )
    .sort((a, b) => b.weight - a.weight)
    .slice(0, most);
}
