/** The living map as the page draws it: the author's document and the measured rows, column by column. */

import type { LivingMap, StageRow, TouchpointRow } from "../api";
import { byAuthor, laneKey } from "./arrange";
import { lines, moodIn, PROMISES, type PromiseKey, saidIn } from "./contents";
import { type MapStage, type MapTouchpoint, nameOf, namesAt, stagesOf } from "./document";

export interface Column {
  index: number;
  name: string;
  stage: number;
  firstOfStage: boolean;
  row: TouchpointRow | null;
  drawn: MapTouchpoint | null;
  /** Holds the place of a stage in which nothing is drawn yet. */
  empty: boolean;
  /** Keys under which the author wrote something that stands in a lane of its own. */
  written: string[];
}

export interface StageColumn {
  index: number;
  name: string | null;
  start: number;
  span: number;
  /** Its first touchpoint; empty where nothing is drawn in it yet. */
  first: string;
  row: StageRow | null;
  drawn: MapStage | null;
  written: string[];
}

export type MeasuredLane = "heat" | "journeys" | "emotion" | "reality" | "waits" | "failures" | "repeats";

export interface Lane {
  id: string;
  /** `stage` and `touchpoint` hold what the author wrote under `key`. */
  kind: MeasuredLane | "hopes" | "promised" | "stage" | "touchpoint";
  measured: boolean;
  key?: string;
  /** The same key is written for touchpoints too: the lane says that it speaks of whole stages. */
  twin?: boolean;
}

export interface MapModel {
  name: string | null;
  hasMap: boolean;
  columns: Column[];
  stages: StageColumn[];
  /** In the order of the author of the map. */
  lanes: Lane[];
  /** Lanes that the author of the map keeps out of sight. */
  hiddenLanes: string[];
  journeys: number;
  /** Touchpoints that are not drawn because there are too many (only without a map). */
  hidden: number;
}

/** Without a map every activity is a column: more than this many are no picture any more. */
export const MOST_ACTIVITIES = 30;

const STAGE_KEYS = new Set(["stage", "touchpoints", "evidence"]);
const TOUCHPOINT_KEYS = new Set([
  "touchpoint",
  "when",
  "actor",
  "moment_of_truth",
  "expects",
  "emotion",
  "evidence",
  "opens",
]);

const writtenIn = (source: object, known: ReadonlySet<string>): string[] =>
  Object.entries(source)
    .filter(([key, value]) => !known.has(key) && lines(value).length > 0)
    .map(([key]) => key);

/** A stage in which nothing is drawn yet still stands on the map. */
const emptyColumn = (index: number, stage: number): Column => ({
  index,
  name: "",
  stage,
  firstOfStage: true,
  row: null,
  drawn: null,
  empty: true,
  written: [],
});

function withMap(
  answer: LivingMap,
  drawn: readonly MapStage[],
): Pick<MapModel, "columns" | "stages" | "hidden"> {
  const rows = new Map(answer.touchpoints.touchpoints.map((row) => [row.touchpoint, row]));
  const stageRows = new Map(answer.touchpoints.stages.map((row) => [row.stage, row]));
  const columns: Column[] = [];
  const stages: StageColumn[] = [];
  for (const stage of drawn) {
    const start = columns.length;
    const index = stages.length;
    for (const touchpoint of stage.touchpoints ?? []) {
      columns.push({
        index: columns.length,
        name: touchpoint.touchpoint,
        stage: index,
        firstOfStage: columns.length === start,
        row: rows.get(touchpoint.touchpoint) ?? null,
        drawn: touchpoint,
        empty: false,
        written: writtenIn(touchpoint, TOUCHPOINT_KEYS),
      });
    }
    if (columns.length === start) columns.push(emptyColumn(start, index));
    stages.push({
      index,
      name: stage.stage,
      start,
      span: columns.length - start,
      first: columns[start]?.name ?? "",
      row: stageRows.get(stage.stage) ?? null,
      drawn: stage,
      written: writtenIn(stage, STAGE_KEYS),
    });
  }
  return { columns, stages, hidden: 0 };
}

function withoutMap(answer: LivingMap): Pick<MapModel, "columns" | "stages" | "hidden"> {
  const rows = answer.touchpoints.touchpoints;
  const top = new Set([...rows].sort((a, b) => b.journeys - a.journeys).slice(0, MOST_ACTIVITIES));
  const columns = rows
    .filter((row) => top.has(row))
    .map((row, index) => ({
      index,
      name: row.touchpoint,
      stage: 0,
      firstOfStage: index === 0,
      row,
      drawn: null,
      empty: false,
      written: [],
    }));
  const first = columns[0]?.name ?? "";
  const stages = columns.length
    ? [{ index: 0, name: null, start: 0, span: columns.length, first, row: null, drawn: null, written: [] }]
    : [];
  return { columns, stages, hidden: rows.length - columns.length };
}

const some = <T>(items: readonly T[], has: (item: T) => boolean | undefined): boolean =>
  items.some((item) => has(item));

/** Lanes that had names of their own before keys had registries: saved views still call them so. */
const STAGE_NAMES = new Set(["jobs", "customer_metrics", "company_metrics"]);
export const stageLane = (key: string): string => (STAGE_NAMES.has(key) ? key : `stage:${key}`);
export const touchpointLane = (key: string): string =>
  key === "pains" ? "pains" : key === "process" ? "processes" : `own:${key}`;

/** Where keys stand without a registry that tells it. */
const USUAL = ["jobs", "customer_metrics", "company_metrics", "pains", "process"];

/** What authors wrote, lane by lane: in the order of the registry, keys of their own last. */
function writtenLanes(
  columns: readonly Column[],
  stages: readonly StageColumn[],
  order: readonly string[],
): Lane[] {
  const keys = (items: readonly { written: string[] }[]) => [
    ...new Set(items.flatMap((item) => item.written)),
  ];
  const place = (key: string) => {
    const found = order.indexOf(key);
    return found === -1 ? order.length : found;
  };
  const below = keys(columns);
  const lanes: Lane[] = [
    ...keys(stages).map((key) => ({
      id: stageLane(key),
      kind: "stage" as const,
      measured: false,
      key,
      twin: below.includes(key),
    })),
    ...below.map((key) => ({ id: touchpointLane(key), kind: "touchpoint" as const, measured: false, key })),
  ];
  return lanes.sort((one, other) => place(one.key ?? "") - place(other.key ?? ""));
}

/** Only lanes that have something to say, in the order in which a map is read. */
function lanesOf(
  columns: readonly Column[],
  stages: readonly StageColumn[],
  order: readonly string[],
): Lane[] {
  const rows = columns.flatMap((column) => (column.row ? [column.row] : []));
  const answered = some(rows, (row) => row.expectations.length > 0);
  const felt = some(rows, (row) => row.emotion_n > 0 && row.emotion !== null);
  const lanes: (Lane | false)[] = [
    rows.length > 0 && { id: "journeys", kind: "journeys", measured: true },
    (felt || some(columns, (column) => markOf(column) !== null)) && {
      id: "emotion",
      kind: "emotion",
      measured: felt,
    },
    some(columns, (column) => saidIn("expectation", hopesOf(column)).length > 0) && {
      id: "hopes",
      kind: "hopes",
      measured: false,
    },
    (answered || some(columns, (column) => promisesOf(column).length > 0)) && {
      id: "promised",
      kind: "promised",
      measured: false,
    },
    answered && { id: "reality", kind: "reality", measured: true },
    some(rows, (row) => row.next_n > 0) && { id: "waits", kind: "waits", measured: true },
    some(rows, (row) => row.failed > 0) && { id: "failures", kind: "failures", measured: true },
    some(rows, (row) => row.reached_again > 0) && { id: "repeats", kind: "repeats", measured: true },
  ];
  return [...lanes.filter((lane) => lane !== false), ...writtenLanes(columns, stages, order)];
}

/** The author's own mark of the mood, -2..2; null where there is none. */
export const markOf = (column: Column): number | null => moodIn(column.drawn?.emotion);

/** What customers hope for and fear. */
export const hopesOf = (column: Column) => ({
  best: column.drawn?.expects?.best,
  worst: column.drawn?.expects?.worst,
});

/** What is promised, as the author wrote it. */
export const promisesOf = (column: Column): { key: PromiseKey; written: string }[] =>
  PROMISES.flatMap((key) => {
    const written = lines(column.drawn?.expects?.[key]).join(", ");
    return written ? [{ key, written }] : [];
  });

/** @param order keys of lanes as the registry orders them */
export function buildModel(answer: LivingMap, order: readonly string[] = USUAL): MapModel {
  const drawn = stagesOf(answer.map);
  const hasMap = drawn.some((stage) => (stage.touchpoints ?? []).length > 0);
  const parts = hasMap ? withMap(answer, drawn) : withoutMap(answer);
  const lanes = byAuthor(lanesOf(parts.columns, parts.stages, order), answer.map);
  const hidden = namesAt(answer.map, "hidden_lanes");
  return {
    name: nameOf(answer.map),
    hasMap,
    ...parts,
    lanes,
    hiddenLanes: lanes.filter((lane) => hidden.includes(laneKey(lane.id))).map((lane) => lane.id),
    journeys: answer.journeys,
  };
}
