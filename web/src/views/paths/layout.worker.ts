/** Lays a graph out beside the page, so that the page answers while it is done. */

import { graphlib, layout } from "@dagrejs/dagre";
import { END, edgeId, type GraphEdge, NODE, type Placed, START, TERMINAL } from "./graph";

export interface LayoutAsk {
  number: number;
  nodes: string[];
  edges: Pick<GraphEdge, "source" | "target" | "count">[];
}

export interface LayoutTold {
  number: number;
  placed: Placed;
}

export function place(ask: LayoutAsk): Placed {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: "TB", nodesep: 34, ranksep: 40, edgesep: 16, marginx: 12, marginy: 12 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of ask.nodes) graph.setNode(id, { ...(id === START || id === END ? TERMINAL : NODE) });
  for (const edge of ask.edges) {
    const weight = 1 + Math.round(Math.log2(1 + edge.count));
    graph.setEdge(edge.source, edge.target, { weight, width: 46, height: 16, labelpos: "c" });
  }
  layout(graph);
  return {
    nodes: Object.fromEntries(
      ask.nodes.map((id) => {
        const { x, y, width, height } = graph.node(id) as {
          x: number;
          y: number;
          width: number;
          height: number;
        };
        return [id, { x: x - width / 2, y: y - height / 2 }];
      }),
    ),
    edges: Object.fromEntries(
      ask.edges.map((edge) => {
        const { points } = graph.edge(edge.source, edge.target) as { points: { x: number; y: number }[] };
        return [edgeId(edge), points.map(({ x, y }) => ({ x, y }))];
      }),
    ),
  };
}

self.onmessage = (event: MessageEvent<LayoutAsk>) => {
  const told: LayoutTold = { number: event.data.number, placed: place(event.data) };
  self.postMessage(told);
};
