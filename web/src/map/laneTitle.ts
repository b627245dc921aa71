import type { Translate } from "../i18n";
import type { Lane } from "./model";

/** What a lane is called; one that only the author knows by the author's own key. */
export const laneTitle = (lane: Lane, t: Translate): string =>
  lane.kind === "heat"
    ? t(`living.metric.${lane.key as "waits"}`)
    : (lane.key ?? t(`lane.${lane.kind as "journeys"}`));
