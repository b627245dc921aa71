/** The living map as the page draws it: the author's document and the measured rows, column by column. */

import type { LivingMap, StageRow, TouchpointRow } from "../api";
import { byAuthor, laneKey } from "./arrange";
import { type EvidenceNote, type MapStage, type MapTouchpoint, nameOf, namesAt, stagesOf } from "./document";

export interface Column {
  index: number;
  name: string;
  stage: number;
  firstOfStage: boolean;
  row: TouchpointRow | null;
  drawn: MapTouchpoint | null;
  /** Holds the place of a stage in which nothing is drawn yet. */
  empty: boolean;
  /** What the author wrote under keys that the product does not know. */
  extra: Record<string, string[]>;
}

export interface StageColumn {
  index: number;
  name: string | null;
  start: number;
  span: number;
  /** Its first touchpoint; empty where nothing is drawn in it yet. */
  first: string;
  row: StageRow | null;
  evidence: Record<string, EvidenceNote> | null;
  jobs: string[];
  customerMetrics: string[];
  companyMetrics: string[];
  extra: Record<string, string[]>;
}

export type MeasuredLane = "heat" | "journeys" | "emotion" | "reality" | "waits" | "failures" | "repeats";
export type WrittenLane =
  | "hopes"
  | "promised"
  | "jobs"
  | "customer_metrics"
  | "company_metrics"
  | "pains"
  | "processes";

export interface Lane {
  id: string;
  kind: MeasuredLane | WrittenLane | "stage_extra" | "extra";
  measured: boolean;
  /** The author's own key, where the lane is one that the product does not know. */
  key?: string;
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

const STAGE_KEYS = new Set([
  "stage",
  "jobs",
  "customer_metrics",
  "company_metrics",
  "touchpoints",
  "evidence",
]);
const TOUCHPOINT_KEYS = new Set([
  "touchpoint",
  "when",
  "actor",
  "moment_of_truth",
  "expects",
  "pains",
  "process",
  "emotion",
  "evidence",
  "opens",
]);

/** Anything an author may write, as lines of text. */
export function lines(value: unknown): string[] {
  if (value === null || value === undefined || value === "") return [];
  if (Array.isArray(value)) return value.flatMap(lines);
  if (typeof value === "object") {
    return Object.entries(value).map(([key, inner]) => `${key}: ${lines(inner).join(", ")}`);
  }
  return [String(value)];
}

function extras(source: object, known: ReadonlySet<string>): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [key, value] of Object.entries(source)) {
    const text = known.has(key) ? [] : lines(value);
    if (text.length) found[key] = text;
  }
  return found;
}

const NO_STAGE = { jobs: [], customerMetrics: [], companyMetrics: [], extra: {}, evidence: null };

/** A stage in which nothing is drawn yet still stands on the map. */
const emptyColumn = (index: number, stage: number): Column => ({
  index,
  name: "",
  stage,
  firstOfStage: true,
  row: null,
  drawn: null,
  empty: true,
  extra: {},
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
        extra: extras(touchpoint, TOUCHPOINT_KEYS),
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
      evidence: stage.evidence ?? null,
      jobs: lines(stage.jobs),
      customerMetrics: lines(stage.customer_metrics),
      companyMetrics: lines(stage.company_metrics),
      extra: extras(stage, STAGE_KEYS),
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
      extra: {},
    }));
  const first = columns[0]?.name ?? "";
  const stages = columns.length
    ? [{ index: 0, name: null, start: 0, span: columns.length, first, row: null, ...NO_STAGE }]
    : [];
  return { columns, stages, hidden: rows.length - columns.length };
}

const some = <T>(items: readonly T[], has: (item: T) => boolean | undefined): boolean =>
  items.some((item) => has(item));

/** Only lanes that have something to say, in the order in which a map is read. */
function lanesOf(columns: readonly Column[], stages: readonly StageColumn[]): Lane[] {
  const rows = columns.flatMap((column) => (column.row ? [column.row] : []));
  const lanes: Lane[] = [];
  const measured = (kind: MeasuredLane, shown: boolean) => {
    if (shown) lanes.push({ id: kind, kind, measured: true });
  };
  const written = (kind: WrittenLane, shown: boolean) => {
    if (shown) lanes.push({ id: kind, kind, measured: false });
  };
  measured("journeys", rows.length > 0);
  measured(
    "emotion",
    some(rows, (row) => row.emotion_n > 0 && row.emotion !== null) ||
      some(columns, (column) => markOf(column) !== null),
  );
  written(
    "hopes",
    some(columns, (column) => Boolean(column.drawn?.expects?.best || column.drawn?.expects?.worst)),
  );
  const promises = some(rows, (row) => row.expectations.length > 0);
  written("promised", promises);
  measured("reality", promises);
  measured(
    "waits",
    some(rows, (row) => row.next_n > 0),
  );
  measured(
    "failures",
    some(rows, (row) => row.failed > 0),
  );
  measured(
    "repeats",
    some(rows, (row) => row.reached_again > 0),
  );
  written(
    "jobs",
    some(stages, (stage) => stage.jobs.length > 0),
  );
  written(
    "customer_metrics",
    some(stages, (stage) => stage.customerMetrics.length > 0),
  );
  written(
    "company_metrics",
    some(stages, (stage) => stage.companyMetrics.length > 0),
  );
  written(
    "pains",
    some(columns, (column) => Boolean(column.drawn?.pains?.length)),
  );
  written(
    "processes",
    some(columns, (column) => processOf(column) !== null),
  );
  const keys = (items: readonly { extra: Record<string, string[]> }[]) => [
    ...new Set(items.flatMap((item) => Object.keys(item.extra))),
  ];
  for (const key of keys(stages))
    lanes.push({ id: `stage:${key}`, kind: "stage_extra", measured: false, key });
  for (const key of keys(columns)) lanes.push({ id: `own:${key}`, kind: "extra", measured: false, key });
  return lanes;
}

/** The author's own mark of the mood, -2..2; null where there is none. */
export function markOf(column: Column): number | null {
  const mark = column.drawn?.emotion;
  return typeof mark === "number" && Math.abs(mark) <= 2 ? mark : null;
}

/** Who stands behind the touchpoint; null where the author said nothing. */
export function processOf(column: Column): { owner: string; department: string; systems: string[] } | null {
  const process = column.drawn?.process;
  if (!process) return null;
  const found = {
    owner: lines(process.owner).join(", "),
    department: lines(process.department).join(", "),
    systems: lines(process.systems),
  };
  return found.owner || found.department || found.systems.length ? found : null;
}

export function painsOf(column: Column): { pain: string; kind: string | null }[] {
  return (column.drawn?.pains ?? []).map((pain) =>
    typeof pain === "string" ? { pain, kind: null } : { pain: String(pain.pain), kind: pain.kind ?? null },
  );
}

export function buildModel(answer: LivingMap): MapModel {
  const drawn = stagesOf(answer.map);
  const hasMap = drawn.some((stage) => (stage.touchpoints ?? []).length > 0);
  const parts = hasMap ? withMap(answer, drawn) : withoutMap(answer);
  const lanes = byAuthor(lanesOf(parts.columns, parts.stages), answer.map);
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
