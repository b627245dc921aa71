import { createContext, useContext } from "react";
import type { Evidence } from "./evidence";

/** What a cell knows of its lane: on what the author's words in a column stand. */
export interface LaneFacts {
  id: string;
  /** null: the lane is measured, and needs no other evidence. */
  evidence: ((column: number) => Evidence) | null;
}

export const LaneContext = createContext<LaneFacts>({ id: "", evidence: null });

export const useLane = (): LaneFacts => useContext(LaneContext);
