/** What is dragged over the map, and where it may be dropped. Everything here can be done by keys and menus as well. */

import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import {
  attachClosestEdge,
  type Edge,
  extractClosestEdge,
} from "@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge";
import { useEffect, useState } from "react";
import { useEditor } from "../context";
import type { Target } from "../model/types";

export type Dragged =
  | { kind: "stage"; name: string }
  | { kind: "touchpoint"; name: string; stage: string }
  | { kind: "lane"; key: string }
  | { kind: "card"; on: Target; key: string; content: string; index: number };

export type DropPlace =
  | { kind: "stage"; name: string }
  | { kind: "touchpoint"; name: string | null; stage: string }
  | { kind: "lane"; key: string }
  | { kind: "cell"; on: Target; key: string; content: string };

const data = (value: Dragged | DropPlace): Record<string, unknown> => ({ tropa: value });
export const draggedOf = (source: { data: Record<string, unknown> }) =>
  source.data.tropa as Dragged | undefined;
export const placeOf = (target: { data: Record<string, unknown> } | undefined) =>
  target?.data.tropa as DropPlace | undefined;
export { extractClosestEdge };

const ACCEPTS: Record<DropPlace["kind"], readonly Dragged["kind"][]> = {
  stage: ["stage", "touchpoint"],
  touchpoint: ["touchpoint"],
  lane: ["lane"],
  cell: ["card"],
};

function accepts(place: DropPlace, dragged: Dragged | undefined): boolean {
  if (!dragged || !ACCEPTS[place.kind].includes(dragged.kind)) return false;
  if (place.kind === "cell" && dragged.kind === "card") return place.content === dragged.content;
  if (place.kind === "lane" && dragged.kind === "lane") return place.key !== dragged.key;
  return !(
    "name" in place &&
    "name" in dragged &&
    place.kind === dragged.kind &&
    place.name === dragged.name
  );
}

/** Makes an element draggable and tells whether it is being dragged. */
export function useDrag(element: HTMLElement | null, wanted: Dragged | null): boolean {
  const { canEdit } = useEditor();
  const dragged = canEdit ? wanted : null;
  const [busy, setBusy] = useState(false);
  const key = JSON.stringify(dragged);
  useEffect(() => {
    if (!element || !dragged) return;
    return draggable({
      element,
      getInitialData: () => data(dragged),
      onDragStart: () => setBusy(true),
      onDrop: () => setBusy(false),
    });
  }, [element, key]);
  return busy;
}

/** Makes an element a place to drop on; tells the edge at which the dragged would come to stand. */
export function useDrop(
  element: HTMLElement | null,
  place: DropPlace | null,
  edges: Edge[],
): Edge | "inside" | null {
  const [over, setOver] = useState<Edge | "inside" | null>(null);
  const key = JSON.stringify(place);
  const sides = edges.join();
  useEffect(() => {
    if (!element || !place) return;
    const see = ({
      self,
      source,
    }: {
      self: { data: Record<string, unknown> };
      source: { data: Record<string, unknown> };
    }) => {
      const foreign = place.kind === "stage" && draggedOf(source)?.kind === "touchpoint";
      setOver((!foreign && extractClosestEdge(self.data)) || "inside");
    };
    return combine(
      dropTargetForElements({
        element,
        canDrop: ({ source }) => accepts(place, draggedOf(source)),
        getData: ({ input }) =>
          edges.length
            ? attachClosestEdge(data(place), { element, input, allowedEdges: edges })
            : data(place),
        onDrag: see,
        onDragEnter: see,
        onDragLeave: () => setOver(null),
        onDrop: () => setOver(null),
      }),
    );
  }, [element, key, sides]);
  return over;
}
