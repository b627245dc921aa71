import { useMemo, useRef } from "react";
import { useUi } from "../context";
import { placeKey } from "../marks";
import { touchpointsOf } from "../model/document";
import { rowHeight } from "../model/heights";
import type { Row } from "../model/lanes";
import { type Fields, isRecord, type MapDocument, type Plain } from "../model/types";
import { COLUMN } from "./window";

/** All that the height of a row depends on. */
function valuesOf(document: MapDocument, row: Row): Plain[] {
  const values: Plain[] = [];
  const take = (fields: Fields) => {
    values.push(fields[row.key] ?? null);
    // A line is needed where it is said on what the cell stands.
    values.push(isRecord(fields.evidence) && fields.evidence[row.key] ? 1 : 0);
  };
  for (const stage of document.stages) {
    if (row.level === "stage") {
      take(stage);
      values.push(touchpointsOf(stage).length);
    } else for (const touchpoint of touchpointsOf(stage)) take(touchpoint);
  }
  return values;
}

/** Heights of the rows; that of a row is reckoned anew only when something in its lane has changed. */
export function useHeights(document: MapDocument, rows: readonly Row[]): number[] {
  const marks = useUi((state) => state.marks);
  const kept = useRef(new Map<string, { values: Plain[]; height: number; marks: unknown }>());
  return useMemo(
    () =>
      rows.map((row) => {
        const values = valuesOf(document, row);
        const { proofs } = marks;
        const isProven = marks.proven.has(row.key);
        const known = kept.current.get(row.id);
        if (
          known &&
          known.marks === (isProven ? marks : null) &&
          known.values.length === values.length &&
          known.values.every((value, i) => value === values[i])
        )
          return known.height;
        const height = rowHeight(
          document,
          row,
          COLUMN,
          isProven
            ? (name) =>
                proofs.has(placeKey(row.level === "stage" ? { stage: name } : { touchpoint: name }, row.key))
            : undefined,
        );
        kept.current.set(row.id, { values, height, marks: isProven ? marks : null });
        return height;
      }),
    [document, rows, marks],
  );
}
