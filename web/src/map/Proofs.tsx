import { createContext, useCallback, useContext, useMemo } from "react";
import { type Evidence, type Proofs, proofOf } from "./evidence";
import type { Column, StageColumn } from "./model";

/** What the service knows of the cells of the map on the screen; null where it is not asked. */
export const ProofsContext = createContext<Proofs | null>(null);

interface Standing {
  ofColumn: (column: Column, lane: string) => Evidence;
  ofStage: (stage: StageColumn, lane: string) => Evidence;
}

/** On what the author's words stand. */
export function useStanding(): Standing {
  const proofs = useContext(ProofsContext);
  const now = useMemo(() => new Date(), []);
  const ofColumn = useCallback(
    (column: Column, lane: string) =>
      proofOf(proofs, "touchpoint", { name: column.name, notes: column.drawn?.evidence }, lane, now),
    [proofs, now],
  );
  const ofStage = useCallback(
    (stage: StageColumn, lane: string) =>
      proofOf(proofs, "stage", { name: stage.name ?? "", notes: stage.drawn?.evidence }, lane, now),
    [proofs, now],
  );
  return useMemo(() => ({ ofColumn, ofStage }), [ofColumn, ofStage]);
}
