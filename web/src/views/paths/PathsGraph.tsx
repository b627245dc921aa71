import "@xyflow/react/dist/base.css";
import {
  Controls,
  type Edge as FlowEdge,
  type Node as FlowNode,
  MarkerType,
  MiniMap,
  ReactFlow,
  useReactFlow,
} from "@xyflow/react";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { compact, duration, type Language, share, waitLevel } from "../../draw";
import { useWords } from "../../i18n";
import { END, edgeId, type Graph, type GraphEdge, NODE, START } from "./graph";
import { type EdgeData, type NodeData, Place, Terminal, Way } from "./parts";
import classes from "./paths.module.css";
import { useLayout } from "./useLayout";

export type EdgeLabel = "count" | "share" | "mean" | "median";
export type Picked = { kind: "node"; id: string } | { kind: "edge"; source: string; target: string } | null;

const NO_MARK = { hideAttribution: true };
const NODE_TYPES = { place: Place, terminal: Terminal };
const EDGE_TYPES = { way: Way };
const CURVE_MARKER = {
  type: MarkerType.ArrowClosed,
  width: 20,
  height: 20,
  markerUnits: "userSpaceOnUse",
  color: "var(--flow-edge)",
};
/** Smaller than this nothing can be read: what does not fit is reached by dragging, or in the miniature. */
const READABLE = 0.72;

function labelOf(edge: GraphEdge, label: EdgeLabel, median: number | null, language: Language): string {
  if (label === "share")
    return edge.share === null ? compact(edge.count, language) : share(edge.share, language);
  if (label === "mean" && edge.mean_seconds !== null) return duration(edge.mean_seconds, language);
  if (label === "median" && edge.mean_seconds !== null)
    return median === null ? "…" : duration(median, language);
  return compact(edge.count, language);
}

interface PathsGraphProps {
  graph: Graph;
  journeys: number;
  label: EdgeLabel;
  medians: ReadonlyMap<string, number | null>;
  stageOf: ReadonlyMap<string, string>;
  goal: readonly string[];
  picked: Picked;
  onPick: (picked: Picked) => void;
  onOpen: (picked: NonNullable<Picked>) => void;
}

/** The ways that customers really take; what is picked is told beside it. */
export function PathsGraph(props: PathsGraphProps) {
  const { graph, journeys, label, medians, stageOf, goal, picked, onPick, onOpen } = props;
  const { t, language } = useWords();
  const { laid, busy, failed } = useLayout(graph);
  const { setViewport } = useReactFlow();
  const canvas = useRef<HTMLDivElement>(null);

  const nodes = useMemo(
    () => (laid ? nodesOf(laid, journeys, stageOf, goal, picked) : []),
    [laid, journeys, stageOf, goal, picked],
  );
  const edges = useMemo(() => {
    if (!laid) return [];
    const most = Math.max(1, ...laid.graph.edges.map((edge) => edge.count));
    return laid.graph.edges.flatMap((edge): FlowEdge<EdgeData>[] => {
      const id = edgeId(edge);
      const points = laid.placed.edges[id];
      if (!points) return [];
      const seconds = label === "median" ? (medians.get(id) ?? null) : edge.mean_seconds;
      const text = labelOf(edge, label, medians.get(id) ?? null, language);
      const chosen =
        picked?.kind === "edge" && picked.source === edge.source && picked.target === edge.target;
      const near = picked?.kind === "node" && (picked.id === edge.source || picked.id === edge.target);
      const timed = label === "mean" || label === "median";
      return [
        {
          id,
          source: edge.source,
          target: edge.target,
          type: "way",
          markerEnd: CURVE_MARKER,
          ariaLabel: `${nameOf(edge.source, t)} → ${nameOf(edge.target, t)}: ${text}`,
          focusable: true,
          zIndex: chosen || near ? 1 : 0,
          data: {
            edge,
            points,
            text,
            width: 1.2 + 5 * Math.sqrt(edge.count / most),
            level: timed && edge.mean_seconds !== null ? waitLevel(seconds, edge.count) : null,
            picked: chosen || near,
          },
        },
      ];
    });
  }, [laid, label, medians, picked, language, t]);

  useEffect(() => {
    const box = canvas.current?.getBoundingClientRect();
    if (!laid || !box?.width) return;
    const places = Object.values(laid.placed.nodes);
    const [wide, tall] = [
      Math.max(...places.map((at) => at.x)) + NODE.width + 24,
      Math.max(...places.map((at) => at.y)) + NODE.height + 24,
    ];
    const zoom = Math.min(1.1, Math.max(READABLE, Math.min(box.width / wide, box.height / tall)));
    void setViewport({ x: (box.width - wide * zoom) / 2, y: 8, zoom });
  }, [laid, setViewport]);

  const pick = useCallback(
    (id: string) => onPick(id === START || id === END ? null : { kind: "node", id }),
    [onPick],
  );
  if (failed) return <p className={classes.failed}>{t("explore.paths.no_layout")}</p>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture with parts is a group, no set of fields
    <div
      ref={canvas}
      className={classes.canvas}
      aria-busy={busy}
      data-graph={laid ? laid.graph.nodes.length : undefined}
      role="group"
      aria-label={t("explore.paths.graph")}
      onKeyDown={(event) => {
        if (event.key === "Escape") onPick(null);
        if (event.key !== "Enter" && event.key !== " ") return;
        const chosen = at(event.target as Element);
        if (!chosen) return;
        event.preventDefault();
        if (event.shiftKey) onOpen(chosen);
        else onPick(chosen);
      }}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodeClick={(_, node) => pick(node.id)}
        onNodeDoubleClick={(_, node) => onOpen({ kind: "node", id: node.id })}
        onEdgeClick={(_, edge) => onPick({ kind: "edge", source: edge.source, target: edge.target })}
        onPaneClick={() => onPick(null)}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable
        // The licence (MIT) asks for its text in what is given out, not for a mark on the picture.
        proOptions={NO_MARK}
        minZoom={0.1}
        maxZoom={2}
        onlyRenderVisibleElements
        zoomOnScroll={false}
        panOnScroll={false}
        preventScrolling={false}
        ariaLabelConfig={{
          "node.a11yDescription.default": t("explore.paths.keys"),
          "edge.a11yDescription.default": t("explore.paths.keys"),
          "controls.ariaLabel": t("explore.paths.zoom"),
          "controls.zoomIn.ariaLabel": t("explore.paths.zoom_in"),
          "controls.zoomOut.ariaLabel": t("explore.paths.zoom_out"),
          "controls.fitView.ariaLabel": t("explore.paths.fit"),
          "minimap.ariaLabel": t("explore.paths.minimap"),
        }}
      >
        <Controls showInteractive={false} />
        {nodes.length > 20 && <MiniMap pannable zoomable nodeColor="var(--flow)" maskColor="var(--mask)" />}
      </ReactFlow>
    </div>
  );
}

/** The place or the way on which the keys are. */
function at(element: Element): Picked {
  const id = element.closest("[data-id]")?.getAttribute("data-id");
  if (!id || id === START || id === END) return null;
  const [source = "", target] = id.split("\u0001");
  return target === undefined ? { kind: "node", id } : { kind: "edge", source, target };
}

const nameOf = (id: string, t: ReturnType<typeof useWords>["t"]): string =>
  id === START ? t("explore.paths.start") : id === END ? t("explore.paths.end") : id;

function nodesOf(
  laid: { graph: Graph; placed: { nodes: Record<string, { x: number; y: number }> } },
  journeys: number,
  stageOf: ReadonlyMap<string, string>,
  goal: readonly string[],
  picked: Picked,
): FlowNode[] {
  const places = laid.placed.nodes;
  const terminals = [START, END].filter((end) => places[end]);
  return [
    ...laid.graph.nodes.map((node) => ({
      id: node.id,
      type: "place",
      position: places[node.id] ?? { x: 0, y: 0 },
      ariaLabel: `${node.id}: ${node.journeys}`,
      data: {
        node,
        level: journeys ? Math.min(4, Math.floor((node.journeys / journeys) * 5)) : 0,
        stage: stageOf.get(node.id) ?? null,
        goal: goal.includes(node.id),
        picked: picked?.kind === "node" && picked.id === node.id,
      } satisfies NodeData,
    })),
    ...terminals.map((id) => ({
      id,
      type: "terminal",
      position: places[id] ?? { x: 0, y: 0 },
      focusable: false,
      data: {},
    })),
  ];
}
