/** The graph of real paths: what is kept of it at a level of detail, and how it is laid out. Pure. */

import type { Edge, Transitions } from "../../api";

export const START = "\u0000start";
export const END = "\u0000end";
/** More at once cannot be read, nor laid out while one waits. */
export const MOST_NODES = 80;
export const MOST_EDGES = 240;

export interface GraphNode {
  id: string;
  journeys: number;
  events: number;
  /** Direct steps from the node to itself, and the journeys that make them. */
  loops: { count: number; journeys: number; mean_seconds: number } | null;
}

export interface GraphEdge {
  source: string;
  target: string;
  count: number;
  journeys: number;
  /** Of all that leaves the source; null from the start and to the end. */
  share: number | null;
  mean_seconds: number | null;
}

export interface Graph {
  nodes: GraphNode[];
  edges: GraphEdge[];
  /** How many nodes and edges there are in all. */
  allNodes: number;
  allEdges: number;
}

/**
 * Nodes and edges at a level of detail 0..1: the most frequent ones and the goal, of each node its strongest way in and
 * out, and whatever lies on the strongest way from what is shown to a node that would otherwise hang in the air.
 */
export function graphOf(told: Transitions, detail: number, goal: readonly string[] = []): Graph {
  const ranked = [...told.nodes].sort((a, b) => b.journeys - a.journeys || (a.node < b.node ? -1 : 1));
  const wanted = Math.round(3 + detail * (ranked.length - 3));
  const kept = ranked.slice(0, Math.max(1, Math.min(wanted, MOST_NODES)));
  const names = new Set(kept.map((node) => node.node));
  for (const node of ranked) if (goal.includes(node.node)) names.add(node.node);
  const loops = new Map(told.edges.filter((edge) => edge.loop).map((edge) => [edge.source, edge]));
  const inner = told.edges.filter((edge) => !edge.loop && names.has(edge.source) && names.has(edge.target));
  const shown = [...strongest(inner, detail), ...endsOf(told, names, detail)];
  const edges = connected(told, names, shown);
  for (const edge of edges) for (const end of [edge.source, edge.target]) names.add(end);
  // The start and the end are no nodes of `told`: what is ranked leaves them out.
  return {
    nodes: ranked
      .filter((node) => names.has(node.node))
      .map((node) => {
        const loop = loops.get(node.node);
        return { id: node.node, journeys: node.journeys, events: node.events, loops: loop ?? null };
      }),
    edges,
    allNodes: ranked.length,
    allEdges: told.edges.filter((edge) => !edge.loop).length,
  };
}

/** The edges, and those that it takes to come from the start to every node that is to be shown. */
function connected(told: Transitions, names: ReadonlySet<string>, shown: readonly GraphEdge[]): GraphEdge[] {
  const edges = new Map(shown.map((edge) => [edgeId(edge), edge]));
  const ways = [...told.edges.filter((edge) => !edge.loop).map(drawn), ...startsOf(told, 0)];
  const leaving = new Map<string, GraphEdge[]>();
  for (const way of ways) leaving.set(way.source, [...(leaving.get(way.source) ?? []), way]);
  // A way that is shown costs nothing; any other is as wide as its rarest step.
  const found = widest(leaving, (way) => (edges.has(edgeId(way)) ? Number.POSITIVE_INFINITY : way.count));
  for (const name of names) {
    for (let at = found.get(name); at && !edges.has(edgeId(at)); at = found.get(at.source))
      edges.set(edgeId(at), at);
  }
  const left = new Set([...edges.values()].map((edge) => edge.source));
  for (const node of told.nodes) {
    const end = terminal(node.node, END, node.ends);
    if (names.has(node.node) && !left.has(node.node) && node.ends > 0) edges.set(edgeId(end), end);
  }
  return [...edges.values()];
}

/** By node: the last step of the way from the start whose rarest step is the most frequent, of these the shortest. */
function widest(
  leaving: ReadonlyMap<string, readonly GraphEdge[]>,
  width: (way: GraphEdge) => number,
): Map<string, GraphEdge> {
  const last = new Map<string, GraphEdge>();
  const best = new Map([[START, { wide: Number.POSITIVE_INFINITY, steps: 0 }]]);
  const done = new Set<string>();
  for (;;) {
    let next: string | null = null;
    for (const [name, own] of best) {
      const other = next === null ? null : best.get(next);
      const better = !other || own.wide > other.wide || (own.wide === other.wide && own.steps < other.steps);
      if (!done.has(name) && better) next = name;
    }
    if (next === null) return last;
    done.add(next);
    const here = best.get(next) ?? { wide: 0, steps: 0 };
    for (const way of leaving.get(next) ?? []) {
      const wide = Math.min(here.wide, width(way));
      const steps = here.steps + 1;
      const known = best.get(way.target);
      if (
        done.has(way.target) ||
        (known && (known.wide > wide || (known.wide === wide && known.steps <= steps)))
      )
        continue;
      best.set(way.target, { wide, steps });
      last.set(way.target, way);
    }
  }
}

const drawn = ({ source, target, count, journeys, share, mean_seconds }: Edge): GraphEdge => ({
  source,
  target,
  count,
  journeys,
  share,
  mean_seconds,
});

function strongest(edges: readonly Edge[], detail: number): GraphEdge[] {
  const ranked = [...edges].sort((a, b) => b.count - a.count);
  const [left, reached] = [new Set<string>(), new Set<string>()];
  const most = Math.round(Math.min(ranked.length * (0.12 + 0.88 * detail ** 1.3), MOST_EDGES));
  return ranked
    .filter((edge, place) => {
      const first = !left.has(edge.source) || !reached.has(edge.target);
      left.add(edge.source);
      reached.add(edge.target);
      return first || place < most;
    })
    .slice(0, MOST_EDGES)
    .map(drawn);
}

const terminal = (source: string, target: string, n: number): GraphEdge => ({
  source,
  target,
  count: n,
  journeys: n,
  share: null,
  mean_seconds: null,
});

const startsOf = (told: Transitions, least: number): GraphEdge[] =>
  told.nodes.filter((node) => node.starts > least).map((node) => terminal(START, node.node, node.starts));

/** Where journeys begin and end: the places that at least a twentieth do, more of them with more detail. */
function endsOf(told: Transitions, names: ReadonlySet<string>, detail: number): GraphEdge[] {
  const all = told.nodes.reduce((sum, node) => sum + node.starts, 0);
  const least = all * 0.05 * (1 - detail);
  const ends = told.nodes.filter((node) => names.has(node.node) && node.ends > least);
  return [
    ...startsOf(told, least).filter((edge) => names.has(edge.target)),
    ...ends.map((node) => terminal(node.node, END, node.ends)),
  ];
}

export interface Point {
  x: number;
  y: number;
}

export interface Placed {
  nodes: Record<string, Point>;
  /** By `edgeId`: the points that the edge passes. */
  edges: Record<string, Point[]>;
}

export const NODE = { width: 196, height: 52 } as const;
export const TERMINAL = { width: 96, height: 30 } as const;

export const edgeId = (edge: { source: string; target: string }): string =>
  `${edge.source}\u0001${edge.target}`;

/** A smooth line through points: quadratic pieces between the middles of its parts. */
export function curveThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first || rest.length === 0) return "";
  const round = (value: number) => Math.round(value * 10) / 10;
  const at = (point: Point) => `${round(point.x)},${round(point.y)}`;
  let path = `M${at(first)}`;
  rest.forEach((point, place) => {
    const next = rest[place + 1];
    path += next
      ? `Q${at(point)} ${at({ x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 })}`
      : `L${at(point)}`;
  });
  return path;
}

/** The middle of the way along the points: where the label stands. */
export function middleOf(points: readonly Point[]): Point {
  const lengths = points.slice(1).map((point, place) => {
    const before = points[place] as Point;
    return Math.hypot(point.x - before.x, point.y - before.y);
  });
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2;
  for (const [place, length] of lengths.entries()) {
    const [from, to] = [points[place] as Point, points[place + 1] as Point];
    if (left <= length && length > 0) {
      const part = left / length;
      return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
    }
    left -= length;
  }
  return points[0] ?? { x: 0, y: 0 };
}
