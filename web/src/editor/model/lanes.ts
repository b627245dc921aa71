/** Which lanes a map shows, in which order: the registry of the service, the author's own lanes, what is hidden. */

import { touchpointsOf } from "./document";
import type { Fields, MapDocument, Plain } from "./types";
import { emotionOf, isEmpty, listOf } from "./values";

export type Level = "stage" | "touchpoint";

/** A key inside a value, with its title. */
export interface Part {
  key: string;
  title: { ru: string; en: string };
  hint: { ru: string; en: string };
}

/** One lane as the service's registry describes it. */
export interface LaneKind {
  key: string;
  /** Keys or choices inside the value. */
  parts: readonly Part[];
  level: "stage" | "touchpoint" | "both";
  content: string;
  title: { ru: string; en: string };
  hint: { ru: string; en: string };
  kinds: readonly string[];
}

/** A row of the grid. A lane of both levels has two rows, where both are written. */
export interface Row {
  id: string;
  key: string;
  level: Level;
  content: string;
  /** Undefined for a lane of the author's own. */
  known: LaneKind | undefined;
}

/** Lanes that are drawn at the stage first where both levels may have them. */
const OF_STAGES = new Set(["jobs", "customer_metrics", "company_metrics", "next_expectation", "influences"]);

const NO_LANE = new Set(["stage", "touchpoint", "touchpoints", "evidence", "when", "actor", "opens"]);

/** The first row of every map: which events a touchpoint is bound to. No lane of the registry, so without titles. */
export const RULE_ROW: Row = {
  id: "touchpoint:when",
  key: "when",
  level: "touchpoint",
  content: "rule",
  known: undefined,
};

export const rowId = (level: Level, key: string): string => `${level}:${key}`;

export const naturalLevel = (lane: LaneKind): Level =>
  lane.level === "both" ? (OF_STAGES.has(lane.key) ? "stage" : "touchpoint") : lane.level;

/** Whether a lane shows in maps of this kind unless the author said otherwise. */
const isDefault = (lane: LaneKind, kind: string): boolean => lane.kinds.includes(kind);

export const kindOf = (document: MapDocument): string =>
  typeof document.kind === "string" ? document.kind : "journey";

interface Written {
  stage: Map<string, Plain>;
  touchpoint: Map<string, Plain>;
}

/** Keys that have a value anywhere, with the first value as an example of its form. */
function written(document: MapDocument): Written {
  const found: Written = { stage: new Map(), touchpoint: new Map() };
  const note = (into: Map<string, Plain>, fields: Fields) => {
    for (const key in fields)
      if (!into.has(key) && !NO_LANE.has(key) && !isEmpty(fields[key])) into.set(key, fields[key] ?? null);
  };
  for (const stage of document.stages) {
    note(found.stage, stage);
    for (const touchpoint of touchpointsOf(stage)) note(found.touchpoint, touchpoint);
  }
  return found;
}

const freeContent = (example: Plain | undefined): string =>
  Array.isArray(example) || example == null ? "list" : "text";

function rowsOf(key: string, lane: LaneKind | undefined, has: Written, extra: ReadonlySet<string>): Row[] {
  const levels: Level[] = [];
  for (const level of ["stage", "touchpoint"] as const) {
    const natural = lane ? naturalLevel(lane) === level : false;
    const allowed = !lane || lane.level === "both" || lane.level === level;
    const used = has[level].has(key) || extra.has(rowId(level, key));
    if (natural || (used && (allowed || has[level].has(key)))) levels.push(level);
  }
  if (!levels.length) levels.push("touchpoint");
  return levels.map((level) => ({
    id: rowId(level, key),
    key,
    level,
    content: lane?.content ?? freeContent(has[level].get(key)),
    known: lane,
  }));
}

/**
 * The rows of the grid, from top to bottom.
 * @param extra rows that are shown although nothing is written in them yet
 */
export function mapRows(
  document: MapDocument,
  registry: readonly LaneKind[],
  extra: ReadonlySet<string>,
): Row[] {
  const has = written(document);
  const known = new Map(registry.map((lane) => [lane.key, lane]));
  const hidden = new Set(listOf(document.hidden_lanes));
  const arranged = listOf(document.lanes).filter((key) => !NO_LANE.has(key));
  const kind = kindOf(document);
  const isWritten = (key: string) => has.stage.has(key) || has.touchpoint.has(key);
  const wanted = new Set([...extra].map((id) => id.slice(id.indexOf(":") + 1)));
  const shown = (key: string, lane: LaneKind | undefined) =>
    !hidden.has(key) &&
    (wanted.has(key) ||
      isWritten(key) ||
      arranged.includes(key) ||
      (lane !== undefined && isDefault(lane, kind)));
  const order = [...arranged];
  const place = (key: string) => {
    if (!order.includes(key)) order.push(key);
  };
  for (const lane of registry) place(lane.key);
  for (const key of [...has.stage.keys(), ...has.touchpoint.keys(), ...wanted])
    if (!NO_LANE.has(key)) place(key);
  const rows = inOrder(order, arranged, registry)
    .filter((key) => shown(key, known.get(key)))
    .flatMap((key) => rowsOf(key, known.get(key), has, extra));
  return hidden.has(RULE_ROW.key) ? rows : [RULE_ROW, ...rows];
}

/** Known lanes that the author has not arranged stand behind the one that precedes them in the registry. */
function inOrder(order: string[], arranged: string[], registry: readonly LaneKind[]): string[] {
  if (!arranged.length) return order;
  const result = [...arranged];
  const keys = registry.map((lane) => lane.key);
  for (const [i, key] of keys.entries()) {
    if (result.includes(key)) continue;
    const before = keys
      .slice(0, i)
      .reverse()
      .find((other) => result.includes(other));
    result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, key);
  }
  for (const key of order) if (!result.includes(key)) result.push(key);
  return result;
}

/** The keys of the rows in their order, each once: what `lanes` keeps. */
export const orderOf = (rows: readonly Row[]): string[] => [
  ...new Set(rows.filter((row) => row !== RULE_ROW).map((row) => row.key)),
];

/** A column of the grid; a stage without touchpoints has one column of its own. */
export interface GridColumn {
  index: number;
  stage: string;
  stageIndex: number;
  touchpoint: string | null;
  firstOfStage: boolean;
}

export interface GridStage {
  name: string;
  index: number;
  start: number;
  span: number;
}

export interface Layout {
  columns: GridColumn[];
  stages: GridStage[];
}

export function layoutOf(document: MapDocument): Layout {
  const columns: GridColumn[] = [];
  const stages: GridStage[] = [];
  for (const [stageIndex, stage] of document.stages.entries()) {
    const names: (string | null)[] = touchpointsOf(stage).map((touchpoint) => touchpoint.touchpoint);
    if (!names.length) names.push(null);
    stages.push({ name: stage.stage, index: stageIndex, start: columns.length, span: names.length });
    for (const [i, touchpoint] of names.entries())
      columns.push({
        index: columns.length,
        stage: stage.stage,
        stageIndex,
        touchpoint,
        firstOfStage: i === 0,
      });
  }
  return { columns, stages };
}

export const sameLayout = (one: Layout, other: Layout): boolean =>
  one.columns.length === other.columns.length &&
  one.stages.length === other.stages.length &&
  one.columns.every(
    (column, i) =>
      column.touchpoint === other.columns[i]?.touchpoint && column.stage === other.columns[i]?.stage,
  );

export const sameRows = (one: readonly Row[], other: readonly Row[]): boolean =>
  one.length === other.length &&
  one.every(
    (row, i) => row.id === other[i]?.id && row.content === other[i]?.content && row.known === other[i]?.known,
  );

/** Author's moods of all columns, for the curve. */
export const moods = (
  document: MapDocument,
  columns: readonly GridColumn[],
  key: string,
): (number | null)[] => {
  const values = document.stages.flatMap((stage) => {
    const list = touchpointsOf(stage).map((touchpoint) => emotionOf(touchpoint[key]));
    return list.length ? list : [null];
  });
  return columns.map((_, i) => values[i] ?? null);
};
