import type { Score } from "../api";
import { decimal, type Language, share, signed } from "../draw";

/** A score by its own formula: NPS in points with a sign, CSAT as a share, the others as means. */
export function writeScore(score: Score, language: Language) {
  const metric = score.metric.toLowerCase();
  if (metric === "nps") return (value: number | null) => signed(value, language);
  if (metric === "csat") return (value: number | null) => share(value, language);
  return (value: number | null) => decimal(value, language, 2);
}
