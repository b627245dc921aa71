import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { monitorForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { autoScrollForElements } from "@atlaskit/pragmatic-drag-and-drop-auto-scroll/element";
import { type RefObject, useEffect } from "react";
import { useWords } from "../../i18n";
import type { Actions } from "../actions";
import { cardsOf } from "../cells/contents";
import { type EditorValue, useEditor, useLaneTitle } from "../context";
import { findStage, stageNames, touchpointsOf } from "../model/document";
import { lookUp } from "../model/indexed";
import { orderOf, type Row } from "../model/lanes";
import type { Plain, Target } from "../model/types";
import { type Dragged, type DropPlace, draggedOf, extractClosestEdge, placeOf } from "./dragging";

/** The cell without one card, and the other with it. */
export function sendCard(
  editor: Pick<EditorValue, "store">,
  actions: Actions,
  from: { on: Target; key: string; index: number },
  to: { on: Target; key: string },
  label: string,
): void {
  const { document } = editor.store.getState();
  const source = lookUp(document, from.on)?.[from.key] ?? null;
  const target = lookUp(document, to.on)?.[to.key] ?? null;
  const cards = cardsOf(source);
  const card = cards[from.index];
  if (card === undefined || JSON.stringify(from.on) === JSON.stringify(to.on)) return;
  const rest = cards.filter((_, i) => i !== from.index);
  const next: Plain = [...cardsOf(target), card];
  actions.run(label, [
    { op: "set", on: from.on, path: [from.key], value: rest.length ? rest : null, was: source },
    { op: "set", on: to.on, path: [to.key], value: next, was: target },
  ]);
}

function dropTouchpoint(
  actions: Actions,
  editor: EditorValue,
  name: string,
  place: DropPlace,
  after: boolean,
): void {
  const { document } = editor.store.getState();
  const on = { touchpoint: name };
  const inside = (stage: string) =>
    touchpointsOf(findStage(document, stage) ?? { stage })
      .map((it) => it.touchpoint)
      .filter((it) => it !== name);
  if (place.kind === "stage") actions.moveTo(on, inside(place.name).at(-1) ?? null, place.name);
  else if (place.kind === "touchpoint") {
    const others = inside(place.stage);
    const before = place.name === null ? null : (others[others.indexOf(place.name) - 1] ?? null);
    actions.moveTo(on, after ? place.name : before, place.stage);
  }
}

/** Takes in what is dropped anywhere on the grid. */
export function useDrops(
  scroller: RefObject<HTMLElement | null>,
  actions: Actions,
  rows: readonly Row[],
): void {
  const editor = useEditor();
  const { t } = useWords();
  const titleOf = useLaneTitle();
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const dropStage = (name: string, before: string, after: boolean) => {
      const names = stageNames(editor.store.getState().document).filter((other) => other !== name);
      actions.moveTo({ stage: name }, after ? before : (names[names.indexOf(before) - 1] ?? null));
    };
    const dropLane = (key: string, beside: string, after: boolean) => {
      const keys = orderOf(rows).filter((other) => other !== key);
      keys.splice(keys.indexOf(beside) + (after ? 1 : 0), 0, key);
      actions.arrange(keys, t("editor.moved", { name: titleOf(key) }));
    };
    const drop = (dragged: Dragged, place: DropPlace, after: boolean) => {
      if (dragged.kind === "touchpoint") dropTouchpoint(actions, editor, dragged.name, place, after);
      else if (dragged.kind === "stage" && place.kind === "stage") dropStage(dragged.name, place.name, after);
      else if (dragged.kind === "lane" && place.kind === "lane") dropLane(dragged.key, place.key, after);
      else if (dragged.kind === "card" && place.kind === "cell")
        sendCard(editor, actions, dragged, place, t("editor.card_moved"));
    };
    return combine(
      autoScrollForElements({ element }),
      monitorForElements({
        onDrop: ({ source, location }) => {
          const target = location.current.dropTargets[0];
          const dragged = draggedOf(source);
          const place = placeOf(target);
          if (!dragged || !place || !target) return;
          const edge = extractClosestEdge(target.data);
          drop(dragged, place, edge === "right" || edge === "bottom");
        },
      }),
    );
  }, [scroller, actions, editor, rows, t, titleOf]);
}
