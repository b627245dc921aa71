/** What a cell stands on: as the document says it, or as it follows from notes of research. */

import type { CellEvidence } from "../../api";
import { BELIEF, type Evidence, readEvidence } from "../../map/evidence";
import { type Fields, isRecord, type Plain } from "../model/types";

const DAY_MS = 86_400_000;

/** The author's word; `days` is after how many evidence is stale, null where the service has not said it. */
export function authored(note: Fields, days: number | null): Evidence {
  const now = new Date();
  const read = readEvidence(note, now);
  if (days === null || !read.date) return read;
  const age = (now.getTime() - Date.parse(read.date)) / DAY_MS;
  return { ...read, stale: Number.isFinite(age) && Math.floor(age) > days };
}

/** What the service reckons from the notes. Where it still tells the author's word, that has just been taken away. */
export const fromResearch = (cell: CellEvidence): Evidence =>
  cell.told_by === "author"
    ? BELIEF
    : { source: cell.source, n: cell.n, date: cell.date, note: cell.note, stale: cell.stale ?? false };

export const evidenceAt = (notes: Plain, key: string): Evidence => {
  const note = isRecord(notes) ? notes[key] : undefined;
  return isRecord(note) ? readEvidence(note, new Date()) : BELIEF;
};

/** Found out with customers, and not only the team's opinion. */
export const isFact = (evidence: Evidence): boolean => evidence.source !== "assumed";
