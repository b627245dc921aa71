/** What a cell stands on, read from the document as the living map reads it. */

import { BELIEF, type Evidence, readEvidence } from "../../map/evidence";
import { isRecord, type Plain } from "../model/types";

export const evidenceAt = (notes: Plain, key: string): Evidence => {
  const note = isRecord(notes) ? notes[key] : undefined;
  return isRecord(note) ? readEvidence(note, new Date()) : BELIEF;
};

/** Found out with customers, and not only the team's opinion. */
export const isFact = (evidence: Evidence): boolean => evidence.source !== "assumed";
