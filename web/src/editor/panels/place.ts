/** Where on the map one stands, as comments and notes name it. */

import { useWords } from "../../i18n";
import { useEditor, useLaneTitle, useLayout, useRows, useUi } from "../context";
import { found } from "../grid/useKeys";
import { RULE_ROW } from "../model/lanes";
import { isStage, isTouchpoint, type Target } from "../model/types";

export interface Place {
  on: Target;
  lane: string;
}

/** The cell, head or lane that has been chosen on the grid. */
export function usePlace(): Place {
  const layout = useLayout();
  const rows = useRows();
  const active = useUi((state) => state.active);
  const what = found(active, layout, rows);
  if (what.kind === "named") return { on: what.on, lane: "" };
  if (what.kind === "cell") return { on: what.on, lane: what.row.key };
  if (what.kind === "lane") return { on: { map: true }, lane: what.row.key };
  return { on: { map: true }, lane: "" };
}

export interface Placed {
  level: string;
  target: string;
  lane: string;
}

export const isAt = (it: Placed, place: Place): boolean => {
  const name = isStage(place.on) ? place.on.stage : isTouchpoint(place.on) ? place.on.touchpoint : "";
  const level = isStage(place.on) ? "stage" : isTouchpoint(place.on) ? "touchpoint" : "map";
  return it.level === level && it.target === name && it.lane === place.lane;
};

/** A place in words. */
export function usePlaceWords(): (place: Placed) => string {
  const { t } = useWords();
  const titleOf = useLaneTitle();
  return ({ target, lane }) => {
    const title = lane === RULE_ROW.key ? t("editor.rule_lane") : lane && titleOf(lane);
    return [target, title].filter(Boolean).join(" · ") || t("editor.whole_map");
  };
}

export const placedOf = ({ on, lane }: Place): Placed => ({
  level: isStage(on) ? "stage" : isTouchpoint(on) ? "touchpoint" : "map",
  target: isStage(on) ? on.stage : isTouchpoint(on) ? on.touchpoint : "",
  lane,
});

/** Takes the person to a place, where it is still on the map. */
export function useGo(): (it: Placed) => void {
  const { ui } = useEditor();
  const layout = useLayout();
  const rows = useRows();
  return (it) => {
    const column =
      it.level === "stage"
        ? (layout.stages.find((stage) => stage.name === it.target)?.start ?? -1)
        : layout.columns.findIndex((other) => other.touchpoint === it.target);
    if (column < 0) return;
    const row = it.lane
      ? rows.find((other) => other.key === it.lane && other.level === it.level)?.id
      : undefined;
    ui.setState({ active: { row: row ?? (it.level === "stage" ? "#stages" : "#touchpoints"), column } });
  };
}
