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

/** Nodes and edges at a level of detail 0..1: the most frequent ones, and of each node its strongest way in and out. */
export function graphOf(told: Transitions, detail: number): Graph {
  const ranked = [...told.nodes].sort((a, b) => b.journeys - a.journeys || (a.node < b.node ? -1 : 1));
  const wanted = Math.round(3 + detail * (ranked.length - 3));
  const kept = ranked.slice(0, Math.max(1, Math.min(wanted, MOST_NODES)));
  const names = new Set(kept.map((node) => node.node));
  const loops = new Map(told.edges.filter((edge) => edge.loop).map((edge) => [edge.source, edge]));
  const inner = told.edges.filter((edge) => !edge.loop && names.has(edge.source) && names.has(edge.target));
  return {
    nodes: kept.map((node) => {
      const loop = loops.get(node.node);
      return { id: node.node, journeys: node.journeys, events: node.events, loops: loop ?? null };
    }),
    edges: [...strongest(inner, detail), ...endsOf(told, names, detail)],
    allNodes: ranked.length,
    allEdges: told.edges.filter((edge) => !edge.loop).length,
  };
}

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
    .map(({ source, target, count, journeys, share, mean_seconds }) => ({
      source,
      target,
      count,
      journeys,
      share,
      mean_seconds,
    }));
}

/** Where journeys begin and end: the places that at least a twentieth do, more of them with more detail. */
function endsOf(told: Transitions, names: ReadonlySet<string>, detail: number): GraphEdge[] {
  const all = told.nodes.reduce((sum, node) => sum + node.starts, 0);
  const least = all * 0.05 * (1 - detail);
  const edge = (source: string, target: string, n: number): GraphEdge => ({
    source,
    target,
    count: n,
    journeys: n,
    share: null,
    mean_seconds: null,
  });
  return told.nodes
    .filter((node) => names.has(node.node))
    .flatMap((node) => [
      ...(node.starts > least ? [edge(START, node.node, node.starts)] : []),
      ...(node.ends > least ? [edge(node.node, END, node.ends)] : []),
    ]);
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
