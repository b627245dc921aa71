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
  points,
  probability,
  share,
  signed,
  signedDuration,
} from "../../draw";
import type { Translate } from "../../i18n";

type Unit =
  | "share"
  | "probability"
  | "change"
  | "longer"
  | "more"
  | "points"
  | "seconds"
  | "count"
  | "score"
  | "flag"
  | "rank"
  | "other";

const UNITS: Record<string, Unit> = {
  share: "share",
  rate: "share",
  fraction: "share",
  change: "change",
  longer: "longer",
  more: "more",
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
    case "change":
      return points(value, language);
    case "longer":
      return signedDuration(value, language);
    case "more":
      return signed(value, language, 2);
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

/** A gap is a difference: it is written with its sign, and that of shares in points. */
const DIFFERENCES: Record<string, string> = { share: "change", seconds: "longer", points: "more" };

/** What is worth showing: to a time that each customer was told there is no one promise, only how far it was missed. */
export function evidenceOf(finding: Finding): Evidence[] {
  if (finding.kind !== "gap") return finding.evidence;
  const ownTimes = finding.obstacle === "broken_promise";
  return finding.evidence.flatMap((item) => {
    const unit = DIFFERENCES[item.unit] ?? item.unit;
    if (item.name === "gap") return ownTimes ? [] : [{ ...item, unit }];
    if (item.name === "promise" && ownTimes) return [];
    return [item.name === "reality" && ownTimes ? { ...item, name: "own_time", unit } : item];
  });
}

/** The one number that says most about a finding that is no obstacle, by what such findings bring. */
const HEADLINES = ["share_of_time", "driver_experience", "removal", "kept_share", "gap"];

export function headline(finding: Finding): Evidence | null {
  const items = evidenceOf(finding).filter((item) => item.value !== null);
  const named = HEADLINES.map((name) => items.find((item) => item.name === name));
  return named.find((item) => item !== undefined) ?? items[0] ?? null;
}
