import { useEffect, useRef, useState } from "react";
import type { Graph, Placed } from "./graph";
import { END, START } from "./graph";
import type { LayoutAsk, LayoutTold } from "./layout.worker";

export interface LaidOut {
  graph: Graph;
  placed: Placed;
}

/** The graph with its places, once the worker has found them; the one before stays until then. */
export function useLayout(graph: Graph): { laid: LaidOut | null; busy: boolean; failed: boolean } {
  const worker = useRef<Worker | null>(null);
  const asked = useRef(0);
  const [laid, setLaid] = useState<LaidOut | null>(null);
  const [failed, setFailed] = useState(false);

  useEffect(() => () => worker.current?.terminate(), []);

  useEffect(() => {
    asked.current += 1;
    const number = asked.current;
    // What was asked before and is not done is not worth waiting for.
    worker.current?.terminate();
    const own = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
    worker.current = own;
    own.onmessage = (event: MessageEvent<LayoutTold>) => {
      if (event.data.number === number) setLaid({ graph, placed: event.data.placed });
    };
    own.onerror = () => setFailed(true);
    const ends = [START, END].filter((end) =>
      graph.edges.some((edge) => edge.source === end || edge.target === end),
    );
    const ask: LayoutAsk = {
      number,
      nodes: [...graph.nodes.map((node) => node.id), ...ends],
      edges: graph.edges.map(({ source, target, count }) => ({ source, target, count })),
    };
    own.postMessage(ask);
  }, [graph]);

  return { laid, busy: laid?.graph !== graph, failed };
}
