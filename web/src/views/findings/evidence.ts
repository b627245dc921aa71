import type { Evidence } from "../../api";
import type { Finding } from "../../data/findings";
import {
  count,
  DASH,
  decimal,
  duration,
  interval,
  type Language,
  money,
  probability,
  share,
} from "../../draw";
import type { Translate } from "../../i18n";

type Unit = "share" | "probability" | "points" | "seconds" | "count" | "score" | "flag" | "rank" | "other";

const UNITS: Record<string, Unit> = {
  share: "share",
  rate: "share",
  fraction: "share",
  p: "probability",
  probability: "probability",
  points: "points",
  seconds: "seconds",
  s: "seconds",
  count: "count",
  journeys: "count",
  events: "count",
  customers: "count",
  answers: "count",
  cases: "count",
  n: "count",
  number: "count",
  score: "score",
  ratio: "score",
  correlation: "score",
  flag: "flag",
  bool: "flag",
  boolean: "flag",
  yes_no: "flag",
  rank: "rank",
};

export const unitOf = (unit: string): Unit => UNITS[unit] ?? "other";

/** A number of evidence in the way of its unit; an unknown unit is written beside it. */
export function writeEvidence(value: number | null, unit: string, t: Translate, language: Language): string {
  if (value === null) return DASH;
  switch (unitOf(unit)) {
    case "share":
      return share(value, language);
    case "probability":
      return probability(value, language).replace(/^=\s/, "");
    case "seconds":
      return duration(value, language);
    case "count":
      return Number.isInteger(value) ? count(value, language) : decimal(value, language, 1);
    case "score":
    case "points":
      return decimal(value, language, 2);
    case "flag":
      return value ? t("evidence.yes") : t("evidence.no");
    case "rank":
      return `${language === "ru" ? "№ " : "#"}${count(value, language)}`;
    case "other":
      if (/^[A-Z]{3}$/.test(unit)) return money(value, unit, language);
      return unit ? `${decimal(value, language, 2)} ${unit}` : decimal(value, language, 2);
  }
}

export const evidenceInterval = (item: Evidence, t: Translate, language: Language): string | null =>
  interval(item.low, item.high, (value) => writeEvidence(value, item.unit, t, language));

/** What is worth showing: to a time that each customer was told there is no one promise, only how far it was missed. */
export function evidenceOf(finding: Finding): Evidence[] {
  const ownTimes = finding.kind === "gap" && finding.obstacle === "broken_promise";
  if (!ownTimes) return finding.evidence;
  return finding.evidence.flatMap((item) => {
    if (item.name === "promise" || item.name === "gap") return [];
    return [item.name === "reality" ? { ...item, name: "own_time" } : item];
  });
}

/** The one number that says most about a finding that is no obstacle, by what such findings bring. */
const HEADLINES = ["share_of_time", "driver_experience", "removal", "gap", "own_time", "kept_share"];

export function headline(finding: Finding): Evidence | null {
  const items = evidenceOf(finding).filter((item) => item.value !== null);
  const named = HEADLINES.map((name) => items.find((item) => item.name === name));
  return named.find((item) => item !== undefined) ?? items[0] ?? null;
}
