/** The lanes of a view: in its order, without those that it hides, with the rows of the heat map on top. */

import type { View } from "../data/view";
import { arranged } from "./arrange";
import { isMetric } from "./heat";
import type { Lane, MapModel } from "./model";

/** All lanes of the map in the order of the view, hidden ones too. */
export const orderedLanes = (model: MapModel, view: View): Lane[] =>
  view.order ? arranged(model.lanes, view.order) : model.lanes;

export const hiddenLanes = (model: MapModel, view: View): string[] => view.hidden ?? model.hiddenLanes;

export function shownLanes(model: MapModel, view: View): Lane[] {
  const hidden = hiddenLanes(model, view);
  const heat = view.heat
    .filter(isMetric)
    .map((metric) => ({ id: `heat:${metric}`, kind: "heat", measured: true, key: metric }) as const);
  return [...heat, ...orderedLanes(model, view).filter((lane) => !hidden.includes(lane.id))];
}
