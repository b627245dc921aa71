import { useCallback } from "react";
import { useTerms } from "../data/maps";
import { useWords } from "../i18n";
import type { Lane } from "./model";

/** What a lane is called: by the page, by the registry of lanes, or by the author's own key. */
export function useLaneTitle(): (lane: Lane) => string {
  const { t, language } = useWords();
  const terms = useTerms();
  return useCallback(
    (lane: Lane) => {
      if (lane.kind === "heat") return t(`living.metric.${lane.key as "waits"}`);
      if (lane.key === undefined) return t(`lane.${lane.kind as "journeys"}`);
      const title = terms.get(lane.key)?.title[language] ?? lane.key;
      return lane.twin ? t("living.of_stages", { lane: title }) : title;
    },
    [t, language, terms],
  );
}
