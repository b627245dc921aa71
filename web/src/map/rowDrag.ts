import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { attachClosestEdge, extractClosestEdge } from "@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge";
import type { Edge } from "./LaneMenu";

interface DragLane {
  id: string;
  row: HTMLElement;
  grip: HTMLElement;
  onEdge: (edge: Edge | null) => void;
  onDrop: (lane: string, to: string, edge: Edge) => void;
}

const laneOf = (data: Record<string | symbol, unknown>): string | null =>
  typeof data.lane === "string" ? data.lane : null;

const edgeOf = (data: Record<string | symbol, unknown>): Edge =>
  extractClosestEdge(data) === "bottom" ? "after" : "before";

/** A lane that is dragged by its grip, and upon which another one may be dropped. */
export function dragLane({ id, row, grip, onEdge, onDrop }: DragLane): () => void {
  return combine(
    draggable({ element: row, dragHandle: grip, getInitialData: () => ({ lane: id }) }),
    dropTargetForElements({
      element: row,
      canDrop: ({ source }) => laneOf(source.data) !== null && laneOf(source.data) !== id,
      getData: ({ input, element }) =>
        attachClosestEdge({ lane: id }, { input, element, allowedEdges: ["top", "bottom"] }),
      onDrag: ({ self }) => onEdge(edgeOf(self.data)),
      onDragLeave: () => onEdge(null),
      onDrop: ({ source, self }) => {
        onEdge(null);
        const lane = laneOf(source.data);
        if (lane !== null) onDrop(lane, id, edgeOf(self.data));
      },
    }),
  );
}
