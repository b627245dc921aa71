import { useMemo } from "react";
import { useLaneTitle, useUi } from "../context";
import { placeKey } from "../marks";
import { rowHeight } from "../model/heights";
import type { Row } from "../model/lanes";
import type { MapDocument } from "../model/types";
import { COLUMN } from "./window";

/** Heights of the rows, with room for what the cells stand on. */
export function useHeights(document: MapDocument, rows: readonly Row[]): number[] {
  const titleOf = useLaneTitle();
  const { proofs, proven } = useUi((state) => state.marks);
  return useMemo(
    () =>
      rows.map((row) => {
        const on = (name: string) => (row.level === "stage" ? { stage: name } : { touchpoint: name });
        const isProven = (name: string) => proofs.has(placeKey(on(name), row.key));
        return rowHeight(document, row, COLUMN, proven.has(row.key) ? isProven : undefined, titleOf(row.key));
      }),
    [document, rows, proofs, proven, titleOf],
  );
}
