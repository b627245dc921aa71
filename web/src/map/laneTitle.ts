import { useCallback } from "react";
import { useLaneTerms } from "../data/maps";
import { useWords } from "../i18n";
import { laneKey } from "./arrange";
import type { Lane } from "./model";

/** What a lane is called: by the page, by the registry of lanes, or by the author's own key. */
export function useLaneTitle(): (lane: Lane) => string {
  const { t, language } = useWords();
  const { data } = useLaneTerms();
  return useCallback(
    (lane: Lane) => {
      if (lane.kind === "heat") return t(`living.metric.${lane.key as "waits"}`);
      if (lane.key === undefined) return t(`lane.${lane.kind as "journeys"}`);
      const term = data?.lanes.find((known) => known.key === laneKey(lane.id));
      return term ? term.title[language] : lane.key;
    },
    [t, language, data],
  );
}
