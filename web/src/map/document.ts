/** The map as its author wrote it: the keys of `map.yaml` that the page knows; any other key may stand beside them. */

export interface Expects {
  best?: string;
  worst?: string;
  within?: string | number;
  score?: number;
  failures?: number;
}

/** On what a cell of the author's stands. */
export interface EvidenceNote {
  source?: string;
  n?: number | null;
  date?: string | null;
  note?: string | null;
}

export interface MapTouchpoint {
  touchpoint: string;
  when?: Record<string, unknown> | null;
  actor?: string | null;
  moment_of_truth?: boolean;
  expects?: Expects | null;
  emotion?: number | null;
  evidence?: Record<string, EvidenceNote> | null;
  /** Lanes of the registry, and those of the author's own. */
  [lane: string]: unknown;
}

export interface MapStage {
  stage: string;
  evidence?: Record<string, EvidenceNote> | null;
  touchpoints?: MapTouchpoint[] | null;
  [lane: string]: unknown;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** The stages of the document; the service has already refused a map that it could not read. */
export function stagesOf(document: unknown): MapStage[] {
  if (!isRecord(document) || !Array.isArray(document.stages)) return [];
  return document.stages
    .filter(isRecord)
    .map((stage) => ({ ...stage, stage: String(stage.stage) }) as MapStage);
}

/** Names of touchpoints in the order in which the map draws them. */
export const touchpointsOf = (document: unknown): string[] =>
  stagesOf(document).flatMap((stage) => (stage.touchpoints ?? []).map((touchpoint) => touchpoint.touchpoint));

export const nameOf = (document: unknown): string | null =>
  isRecord(document) && typeof document.map === "string" ? document.map : null;

/** A list of names that the author keeps at the top of the map; anything else is no list. */
export const namesAt = (document: unknown, key: "lanes" | "hidden_lanes"): string[] => {
  const list = isRecord(document) ? document[key] : undefined;
  return Array.isArray(list) ? list.filter((item): item is string => typeof item === "string") : [];
};

/** Competitors and similar services that customers compare with. */
export interface Benchmark {
  name: string;
  promise: string;
  note: string;
}

export function benchmarksOf(document: unknown): Benchmark[] {
  const list = isRecord(document) && Array.isArray(document.benchmarks) ? document.benchmarks : [];
  const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? `${value}` : "");
  return list
    .map((item) =>
      isRecord(item)
        ? { name: text(item.name), promise: text(item.promise), note: text(item.note) }
        : { name: text(item), promise: "", note: "" },
    )
    .filter((benchmark) => benchmark.name);
}
