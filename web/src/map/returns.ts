/** Ways back on the map: from a touchpoint straight to an earlier one. */

import type { Column } from "./model";

export interface Edge {
  source: string;
  target: string;
  count: number;
  journeys: number;
  share: number | null;
}

export interface Return {
  from: Column;
  to: Column;
  journeys: number;
  share: number | null;
  times: number;
}

/** More arcs than these are no picture any more. */
export const MOST_RETURNS = 8;
/** A way back that fewer journeys take is no part of the picture. */
const LEAST_SHARE = 0.005;

/** The ways back that most journeys take, those first. */
export function returnsOf(edges: readonly Edge[], columns: readonly Column[], journeys: number): Return[] {
  const place = new Map(columns.map((column) => [column.name, column]));
  return edges
    .flatMap((edge) => {
      const [from, to] = [place.get(edge.source), place.get(edge.target)];
      if (!from || !to || to.index >= from.index) return [];
      if (edge.journeys < LEAST_SHARE * journeys) return [];
      return [{ from, to, journeys: edge.journeys, share: edge.share, times: edge.count }];
    })
    .sort((a, b) => b.journeys - a.journeys)
    .slice(0, MOST_RETURNS);
}
