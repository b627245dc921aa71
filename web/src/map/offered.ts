import type { Flags } from "../data/findingsModel";
import { heatRow, METRICS } from "./heat";
import type { MapModel } from "./model";

/** Metrics of the heat map that have a number anywhere on this map. */
export const offeredMetrics = (model: MapModel, flags: Flags | undefined): string[] =>
  METRICS.filter((metric) =>
    heatRow(metric, model.columns, model, flags, "en").some((heat) => heat !== null),
  );
