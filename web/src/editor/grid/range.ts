/** Cells that are chosen together: the rectangle between where the choosing began and where one stands. */

import { targetOf } from "../context";
import { lookUp } from "../model/indexed";
import type { Layout, Row } from "../model/lanes";
import type { Change, MapDocument, Plain, Target } from "../model/types";
import { isEmpty } from "../model/values";
import { HEAD, type Spot, type UiState } from "../store/uiStore";
import { added, type Clip, fitted, valueIn } from "./clipboard";

/** Rows and columns by their numbers, the last ones included. */
export interface Box {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

const indexOf = (rows: readonly Row[], id: string) => rows.findIndex((row) => row.id === id);

/** The columns that the cell at a spot takes. */
function acrossOf(spot: Spot, row: Row | undefined, layout: Layout): [number, number] {
  const stage = layout.stages[layout.columns[spot.column]?.stageIndex ?? -1];
  return row?.level === "stage" && stage
    ? [stage.start, stage.start + stage.span - 1]
    : [spot.column, spot.column];
}

/** What is chosen beside the cell where one stands, or null. Whoever moves without Shift lets go of it. */
export function boxOf(
  { range, active }: Pick<UiState, "range" | "active">,
  layout: Layout,
  rows: readonly Row[],
): Box | null {
  if (!range || range.to !== active) return null;
  const one = indexOf(rows, range.from.row);
  const other = indexOf(rows, range.to.row);
  const last = layout.columns.length - 1;
  if (one < 0 || other < 0 || Math.max(range.from.column, range.to.column) > last) return null;
  const [fromLeft, fromRight] = acrossOf(range.from, rows[one], layout);
  const [toLeft, toRight] = acrossOf(range.to, rows[other], layout);
  if (one === other && fromLeft === toLeft) return null;
  return {
    top: Math.min(one, other),
    bottom: Math.max(one, other),
    left: Math.min(fromLeft, toLeft),
    right: Math.max(fromRight, toRight),
  };
}

/** The choice drawn on to another cell, or null where that is none. */
export function extended(
  { range, active }: Pick<UiState, "range" | "active">,
  next: Spot,
  rows: readonly Row[],
): Pick<UiState, "range" | "active"> | null {
  const from = range?.to === active ? range.from : active;
  const isCell = (spot: Spot) => spot.column !== HEAD && indexOf(rows, spot.row) >= 0;
  if (!isCell(from) || !isCell(next)) return null;
  const to = { ...next };
  return { active: to, range: { from, to } };
}

export const isInside = (box: Box | null, spot: Spot, rows: readonly Row[]): boolean => {
  const row = indexOf(rows, spot.row);
  return (
    box !== null && row >= box.top && row <= box.bottom && spot.column >= box.left && spot.column <= box.right
  );
};

interface Chosen {
  row: Row;
  on: Target;
}

/** Every cell of the rectangle once. */
export function cellsIn(box: Box, layout: Layout, rows: readonly Row[]): Chosen[] {
  return rows.slice(box.top, box.bottom + 1).flatMap((row) =>
    layout.columns.slice(box.left, box.right + 1).flatMap((column, j): Chosen[] => {
      const on = targetOf(row, column);
      return on && (row.level === "touchpoint" || column.firstOfStage || j === 0) ? [{ row, on }] : [];
    }),
  );
}

export function clearing(document: MapDocument, cells: readonly Chosen[]): Change[] {
  return cells.flatMap(({ row, on }): Change[] => {
    const was = valueIn(document, on, row.key);
    return was === null ? [] : [{ op: "set", on, path: [row.key], value: null, was }];
  });
}

/** A line a lane; a cell of a stage stands in the first of its columns. */
export function copyCells(document: MapDocument, box: Box, layout: Layout, rows: readonly Row[]): Clip {
  const chosen = rows.slice(box.top, box.bottom + 1);
  return {
    kind: "cells",
    contents: chosen.map((row) => row.content),
    values: chosen.map((row) =>
      layout.columns.slice(box.left, box.right + 1).map((column, j): Plain => {
        const on = targetOf(row, column);
        const isFirst = row.level === "touchpoint" || column.firstOfStage || j === 0;
        return on && isFirst ? (lookUp(document, on)?.[row.key] ?? null) : null;
      }),
    ),
  };
}

type Cells = Extract<Clip, { kind: "cells" }>;

/** One value for every cell of the rectangle. */
export function filling(clip: Extract<Clip, { kind: "cell" }>, box: Box): Cells {
  const line = Array.from({ length: box.right - box.left + 1 }, () => clip.value);
  const lines = Array.from({ length: box.bottom - box.top + 1 }, () => line);
  return { kind: "cells", contents: lines.map(() => clip.content), values: lines };
}

/** Lays copied cells over the map from a cell on, to the right and down. What is empty leaves the map as it is. */
export function pasteCells(
  document: MapDocument,
  clip: Cells,
  from: { top: number; left: number },
  layout: Layout,
  rows: readonly Row[],
): Change[] {
  const changes = new Map<string, Extract<Change, { op: "set" }>>();
  for (const [i, line] of clip.values.entries()) {
    const row = rows[from.top + i];
    if (!row) continue;
    for (const [j, copied] of line.entries()) {
      const on = targetOf(row, layout.columns[from.left + j]);
      const value = on ? fitted(copied, clip.contents[i] ?? "", row.content) : undefined;
      if (!on || value === undefined || isEmpty(value)) continue;
      const key = `${row.id}/${JSON.stringify(on)}`;
      const was = valueIn(document, on, row.key);
      const before = changes.get(key)?.value ?? was;
      changes.set(key, { op: "set", on, path: [row.key], value: added(row.content, before, value), was });
    }
  }
  return [...changes.values()];
}
