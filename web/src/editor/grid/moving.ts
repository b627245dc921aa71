/** Where an arrow leads to. Stages and stage lanes have wide cells: a step crosses the whole of one. */

import type { Layout, Row } from "../model/lanes";
import { HEAD, type Spot, STAGES, TOUCHPOINTS } from "../store/uiStore";

const isWide = (row: string, rows: readonly Row[]) =>
  row === STAGES || rows.find((it) => it.id === row)?.level === "stage";

export const rowIds = (rows: readonly Row[]): string[] => [STAGES, TOUCHPOINTS, ...rows.map((row) => row.id)];

export interface Ground {
  layout: Layout;
  rows: readonly Row[];
}

function beside(spot: Spot, by: 1 | -1, { layout, rows }: Ground): Spot {
  const last = layout.columns.length - 1;
  const isHead = spot.row === STAGES || spot.row === TOUCHPOINTS;
  if (spot.column === HEAD) return by > 0 ? { ...spot, column: 0 } : spot;
  let column = spot.column + by;
  if (isWide(spot.row, rows)) {
    const at = layout.stages[layout.columns[spot.column]?.stageIndex ?? 0];
    const next = layout.stages[(at?.index ?? 0) + by];
    column = next ? next.start : by > 0 ? last : HEAD;
    if (by > 0 && !next) return spot;
  }
  return { ...spot, column: Math.max(isHead ? 0 : HEAD, Math.min(last, column)) };
}

function below(spot: Spot, by: number, { rows }: Ground): Spot {
  const ids = rowIds(rows);
  const at = ids.indexOf(spot.row);
  const first = spot.column === HEAD ? 2 : 0;
  return { ...spot, row: ids[Math.max(first, Math.min(ids.length - 1, at + by))] ?? spot.row };
}

/** The spot that a key leads to, or null where the key leads nowhere. */
export function moved(spot: Spot, key: string, far: boolean, ground: Ground): Spot | null {
  const last = ground.layout.columns.length - 1;
  const ids = rowIds(ground.rows);
  switch (key) {
    case "ArrowRight":
      return beside(spot, 1, ground);
    case "ArrowLeft":
      return beside(spot, -1, ground);
    case "ArrowDown":
      return below(spot, 1, ground);
    case "ArrowUp":
      return below(spot, -1, ground);
    case "PageDown":
      return below(spot, 5, ground);
    case "PageUp":
      return below(spot, -5, ground);
    case "Home":
      return { row: far ? STAGES : spot.row, column: 0 };
    case "End":
      return { row: far ? (ids.at(-1) ?? spot.row) : spot.row, column: last };
    default:
      return null;
  }
}
