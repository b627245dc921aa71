import { useCallback } from "react";
import { useWords } from "../../i18n";

/** Reasons that the service says in English only, with `#` for a number; any other is shown as it came. */
const KNOWN = {
  "an effect on the goal is neither certain nor ruled out": "said.goal_open",
  "an effect on the score is neither certain nor ruled out": "said.score_open",
  "only # met it": "said.few_met",
  "only # customers met it": "said.few_customers",
  "too few scores": "said.few_scores",
  "all ended alike": "said.alike",
  "who was lost while waiting cannot be told apart": "said.lost_unknown",
  "only # did not meet it": "said.few_others",
  "no comparable others": "said.no_others",
  "nearly everybody meets it sooner or later": "said.everybody",
  "the map names no goal": "said.no_goal",
  "the usual way": "said.usual_way",
  "the data end too early": "said.ends_early",
} as const;

export function useSaid(): (text: string) => string {
  const { t } = useWords();
  return useCallback(
    (text) => {
      const n = /\d+/.exec(text)?.[0] ?? "";
      const key = KNOWN[text.replace(/\d+/, "#") as keyof typeof KNOWN];
      return key ? t(key, { n }) : text;
    },
    [t],
  );
}
