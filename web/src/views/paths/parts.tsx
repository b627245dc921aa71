import {
  BaseEdge,
  EdgeLabelRenderer,
  type EdgeProps,
  type Edge as FlowEdge,
  type Node as FlowNode,
  Handle,
  type NodeProps,
  Position,
} from "@xyflow/react";
import { memo } from "react";
import { compact, count } from "../../draw";
import { useWords } from "../../i18n";
import { curveThrough, END, type GraphEdge, type GraphNode, middleOf, START } from "./graph";
import classes from "./paths.module.css";

export interface NodeData extends Record<string, unknown> {
  node: GraphNode;
  /** 0..4 by the share of journeys that come here. */
  level: number;
  stage: string | null;
  /** It completes the journey. */
  goal: boolean;
  picked: boolean;
}

export interface EdgeData extends Record<string, unknown> {
  edge: GraphEdge;
  points: { x: number; y: number }[];
  text: string;
  width: number;
  level: number | null;
  picked: boolean;
}

export const Place = memo(function Place({ data }: NodeProps<FlowNode<NodeData>>) {
  const { t, language } = useWords();
  const { node, level, stage, goal, picked } = data;
  return (
    <div
      className={classes.node}
      data-level={level}
      data-goal={goal || undefined}
      data-picked={picked || undefined}
    >
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <bdi className={classes.nodeName} title={node.id}>
        {node.id}
      </bdi>
      {goal && <span className={classes.nodeGoal}>{t("explore.paths.goal")}</span>}
      <span className={`number ${classes.nodeMore}`}>
        <b>{count(node.journeys, language)}</b>
        {node.loops && (
          <span title={t("explore.paths.loops", { n: count(node.loops.count, language) })}>
            {" "}
            ↻ {compact(node.loops.count, language)}
          </span>
        )}
        {stage && <bdi className={classes.nodeStage}>{stage}</bdi>}
      </span>
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </div>
  );
});

export const Terminal = memo(function Terminal({ id }: NodeProps) {
  const { t } = useWords();
  return (
    <div className={classes.terminal} data-end={id === END || undefined}>
      {id === END && <Handle type="target" position={Position.Top} isConnectable={false} />}
      {t(id === START ? "explore.paths.start" : "explore.paths.end")}
      {id === START && <Handle type="source" position={Position.Bottom} isConnectable={false} />}
    </div>
  );
});

export const Way = memo(function Way({ data, markerEnd }: EdgeProps<FlowEdge<EdgeData>>) {
  if (!data) return null;
  const middle = middleOf(data.points);
  return (
    <>
      <BaseEdge
        path={curveThrough(data.points)}
        markerEnd={markerEnd}
        interactionWidth={18}
        className={classes.way}
        data-level={data.level ?? undefined}
        data-picked={data.picked || undefined}
        style={{ strokeWidth: data.width }}
      />
      <EdgeLabelRenderer>
        <span
          className={`number ${classes.wayLabel}`}
          data-level={data.level ?? undefined}
          data-picked={data.picked || undefined}
          style={{ transform: `translate(-50%, -50%) translate(${middle.x}px, ${middle.y}px)` }}
        >
          {data.text}
        </span>
      </EdgeLabelRenderer>
    </>
  );
});
