/** The next place on the map in which a text stands, names first. */

import { targetOf } from "./context";
import { lookUp } from "./model/indexed";
import type { Layout, Row } from "./model/lanes";
import type { MapDocument } from "./model/types";
import { textOf } from "./model/values";
import { type Spot, STAGES, TOUCHPOINTS } from "./store/uiStore";

export function findNext(
  wanted: string,
  document: MapDocument,
  layout: Layout,
  rows: readonly Row[],
  from: Spot,
): Spot | null {
  const needle = wanted.trim().toLowerCase();
  if (!needle) return null;
  const has = (text: string) => text.toLowerCase().includes(needle);
  const hits: Spot[] = [
    ...layout.stages
      .filter((stage) => has(stage.name))
      .map((stage) => ({ row: STAGES, column: stage.start })),
    ...layout.columns
      .filter((column) => column.touchpoint !== null && has(column.touchpoint))
      .map((column) => ({ row: TOUCHPOINTS, column: column.index })),
    ...layout.columns.flatMap((column) =>
      rows
        .filter((row) => row.level === "touchpoint" || column.firstOfStage)
        .filter((row) => {
          const on = targetOf(row, column);
          return on !== null && has(textOf(lookUp(document, on)?.[row.key]));
        })
        .map((row) => ({ row: row.id, column: column.index })),
    ),
  ];
  const at = hits.findIndex((hit) => hit.row === from.row && hit.column === from.column);
  return hits[(at + 1) % Math.max(1, hits.length)] ?? null;
}
