import { useCallback, useMemo, useRef } from "react";
import type { View } from "../data/view";
import { useWords } from "../i18n";
import { moved, stepped } from "./arrange";
import type { Edge, LaneActions } from "./LaneMenu";
import { useLaneTitle } from "./laneTitle";
import type { MapModel } from "./model";
import { hiddenLanes, orderedLanes, shownLanes } from "./shown";

export type ChangeView = (patch: Partial<View>) => void;

/** What can be done to lanes, by dragging, by keys and by the menu; each is told to those who listen. */
export function useLaneActions(
  model: MapModel,
  view: View,
  change: ChangeView,
  say: (what: string) => void,
): LaneActions {
  const { t } = useWords();
  const titleOf = useLaneTitle();
  const latest = useRef({ model, view, change, say, titleOf });
  latest.current = { model, view, change, say, titleOf };
  const reorder = useCallback(
    (lane: string, next: (order: string[], shown: string[]) => string[]) => {
      const now = latest.current;
      const shown = shownLanes(now.model, now.view).map((other) => other.id);
      // Rows of the heat map stand in an order of their own.
      if (lane.startsWith("heat:")) {
        const heats = shown.filter((id) => id.startsWith("heat:"));
        now.change({ heat: next(heats, heats).map((id) => id.slice(5)) });
      } else {
        const order = orderedLanes(now.model, now.view).map((other) => other.id);
        now.change({
          order: next(
            order,
            shown.filter((id) => !id.startsWith("heat:")),
          ),
        });
      }
      const found = now.model.lanes.find((other) => other.id === lane);
      if (found) now.say(t("living.lane.moved", { lane: now.titleOf(found) }));
    },
    [t],
  );
  return useMemo(
    () => ({
      onToggle: (lane: string) => {
        const { view: now, change: put } = latest.current;
        const folded = now.folded.includes(lane)
          ? now.folded.filter((other) => other !== lane)
          : [...now.folded, lane];
        put({ folded });
      },
      onHide: (lane: string) => {
        const { model: of, view: now, change: put } = latest.current;
        if (lane.startsWith("heat:")) put({ heat: now.heat.filter((metric) => `heat:${metric}` !== lane) });
        else put({ hidden: [...hiddenLanes(of, now), lane] });
      },
      onStep: (lane: string, by: -1 | 1) => reorder(lane, (order, shown) => stepped(order, shown, lane, by)),
      onTop: (lane: string) =>
        reorder(lane, (order, shown) => moved(order, lane, shown[0] ?? lane, "before")),
      onDrop: (lane: string, to: string, edge: Edge) =>
        reorder(lane, (order) => moved(order, lane, to, edge)),
    }),
    [reorder],
  );
}
