/** What an author's cell stands on: seen, asked, heard, or only believed; and whether that is old. */

import type { MapEvidence } from "../api";
import { laneKey } from "./arrange";
import type { EvidenceNote } from "./document";

export const SOURCES = ["observed", "surveyed", "interviewed", "assumed"] as const;
export type Source = (typeof SOURCES)[number];

/** What was learned longer ago than this may not hold any more. */
export const STALE_DAYS = 365;

export interface Evidence {
  source: Source;
  n: number | null;
  date: string | null;
  note: string | null;
  stale: boolean;
}

const DAY_MS = 86_400_000;

/** Where the author says nothing of it, a cell is their own belief. */
export const BELIEF: Evidence = { source: "assumed", n: null, date: null, note: null, stale: false };

export function readEvidence(note: EvidenceNote | null | undefined, now: Date): Evidence {
  const source = SOURCES.find((known) => known === note?.source) ?? "assumed";
  const date = typeof note?.date === "string" && note.date ? note.date : null;
  const age = date ? (now.getTime() - Date.parse(date)) / DAY_MS : 0;
  return {
    source,
    n: typeof note?.n === "number" ? note.n : null,
    date,
    note: typeof note?.note === "string" && note.note ? note.note : null,
    stale: Number.isFinite(age) && age > STALE_DAYS,
  };
}

/** Keys of the document under which the evidence of a lane may stand. */
export function evidenceKeys(lane: string): string[] {
  if (lane === "hopes") return ["hopes", "best", "worst", "expects"];
  if (lane === "promised") return ["promised", "within", "score", "failures", "expects"];
  return [laneKey(lane)];
}

export function evidenceOf(
  notes: Record<string, EvidenceNote> | null | undefined,
  lane: string,
  now: Date,
): Evidence {
  const key = evidenceKeys(lane).find((candidate) => notes?.[candidate]);
  return key ? readEvidence(notes?.[key], now) : BELIEF;
}

export type Level = "stage" | "touchpoint";
/** What the service knows of the cells, notes of research included: `level/lane/target`. */
export type Proofs = ReadonlyMap<string, Evidence>;

const placeOf = (level: string, lane: string, target: string) => `${level}/${lane}/${target}`;

export const proofsOf = (told: MapEvidence): Proofs =>
  new Map(
    told.cells.map(({ level, lane, target, source, n, date, note, stale }) => [
      placeOf(level, lane, target),
      { source, n, date, note, stale: stale ?? false },
    ]),
  );

/** What the service says of a cell; where it says nothing, what the document does. */
export function proofOf(
  proofs: Proofs | null,
  level: Level,
  place: { name: string; notes: Record<string, EvidenceNote> | null | undefined },
  lane: string,
  now: Date,
): Evidence {
  for (const key of evidenceKeys(lane)) {
    const known = proofs?.get(placeOf(level, key, place.name));
    if (known) return known;
  }
  return evidenceOf(place.notes, lane, now);
}
