/** What the pages and the map read out of the findings; nothing is computed that the service did not say. */

import type { Finding, Findings, Kind } from "./findings";
import type { Choice } from "./findingsAddress";

/** Worst first: the mark of a touchpoint is that of its worst finding. */
export const KINDS: readonly Kind[] = [
  "barrier",
  "single_case",
  "bottleneck",
  "inconvenience",
  "gap",
  "moment_of_truth",
  "undetermined",
  "harmless",
];

const JUDGED: readonly Kind[] = ["barrier", "inconvenience", "harmless", "undetermined"];

/** Found not to matter, or not to be told: shown apart from what is wrong. */
export const isQuiet = (finding: Finding): boolean =>
  finding.kind === "harmless" || finding.kind === "undetermined";

/** What the list shows: a moment of truth that only repeats a barrier is told with the barrier. */
export const isListed = (finding: Finding): boolean => !isQuiet(finding) && !finding.told_under;

/** What surely lowers a score, while its effect on the goal is still open. */
export const lowersScores = (found: readonly Finding[]): Finding[] =>
  found.filter((finding) => finding.kind === "undetermined" && finding.score_falls);

/** Suspected but neither proven nor ruled out, not even to lower scores; what fewest further journeys would decide comes first. */
export function undecidedOf(found: readonly Finding[]): Finding[] {
  const needed = (finding: Finding) => finding.more_journeys || Number.POSITIVE_INFINITY;
  return found
    .filter((finding) => finding.kind === "undetermined" && !finding.score_falls)
    .sort((a, b) => (needed(a) === needed(b) ? 0 : needed(a) - needed(b)));
}

/** To two digits, a half to the even one: as the service says the number in its sentence. */
export function about(journeys: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(journeys, 1))) - 1);
  const rounded = Math.round(journeys / unit);
  const half = Math.abs((journeys / unit) % 1) === 0.5;
  return (half && rounded % 2 ? rounded - 1 : rounded) * unit;
}

export const worstKind = (found: readonly Finding[]): Kind =>
  KINDS.find((kind) => found.some((finding) => finding.kind === kind)) ?? "harmless";

/** The column of the map on which a finding stands: its touchpoint; without a map, the activity. */
export const columnOf = (finding: Finding): string | null =>
  finding.touchpoint ?? (finding.stage === null ? finding.activity : null);

/** Who is in charge. A bottleneck of which nobody says whose it is has its step for a department: that is nobody. */
export function inCharge(finding: Finding): { department: string | null; owner: string | null } {
  const { department, owner, process } = finding;
  return { department: department === process ? null : department, owner };
}

/** A segment as the address bar writes it. */
export const segmentOf = (where: { attribute: string; value: string }): string =>
  `${where.attribute}=${where.value}`;

export interface Facet {
  value: string;
  count: number;
}

export interface Facets {
  kinds: Facet[];
  obstacles: Facet[];
  stages: Facet[];
  touchpoints: Facet[];
  where: Facet[];
}

function tally(values: Iterable<string | null>): Facet[] {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count }));
}

/** What can be chosen, each with how many findings it keeps; in the order in which the findings name it. */
export function facetsOf(found: readonly Finding[]): Facets {
  const kinds = tally(found.map((finding) => finding.kind));
  return {
    kinds: kinds.sort((a, b) => KINDS.indexOf(a.value as Kind) - KINDS.indexOf(b.value as Kind)),
    obstacles: tally(found.map((finding) => finding.obstacle)),
    stages: tally(found.map((finding) => finding.stage)),
    touchpoints: tally(found.map(columnOf)),
    where: tally(found.flatMap((finding) => finding.where.map(segmentOf))),
  };
}

const holds = (chosen: readonly string[], value: string | null): boolean =>
  chosen.length === 0 || (value !== null && chosen.includes(value));

/** Everything of a finding that a person may search for; `name` says obstacles and kinds in their language. */
function textOf(finding: Finding, name: (finding: Finding) => string): string {
  return [
    finding.because,
    finding.stage,
    finding.touchpoint,
    finding.activity,
    finding.department,
    finding.owner,
    finding.customer_id,
    finding.case_id,
    name(finding),
    ...finding.where.flatMap((where) => [where.attribute, where.value]),
  ]
    .filter(Boolean)
    .join("\n")
    .toLocaleLowerCase();
}

/** The findings that a choice keeps, in the order in which they came. */
export function narrow(
  found: readonly Finding[],
  choice: Choice,
  name: (finding: Finding) => string,
): Finding[] {
  const words = choice.text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return found.filter((finding) => {
    if (!holds(choice.kind, finding.kind) || !holds(choice.obstacle, finding.obstacle)) return false;
    if (!holds(choice.stage, finding.stage) || !holds(choice.touchpoint, columnOf(finding))) return false;
    if (choice.where.length && !finding.where.some((where) => choice.where.includes(segmentOf(where))))
      return false;
    const text = words.length ? textOf(finding, name) : "";
    return words.every((word) => text.includes(word));
  });
}

/** Loss of a month over all stages. Ends of intervals are added: the sum is at least as wide as it must be. */
export function totalLoss(findings: Findings) {
  const stages = findings.lost_by_stage;
  const paid = stages.flatMap((stage) => (stage.money ? [stage.money] : []));
  const goals = stages.reduce((sum, stage) => sum + stage.lost_goals, 0);
  const first = paid[0];
  if (!first) return { goals, money: null };
  const sum = (end: "value" | "low" | "high") => paid.reduce((total, money) => total + money[end], 0);
  return {
    goals,
    money: { value: sum("value"), low: sum("low"), high: sum("high"), currency: first.currency },
  };
}

/** Lost goals are those of the whole data: a month's is what money is said for. */
export const perMonth = (lost: number | null, months: number): number | null =>
  lost === null || !(months > 0) ? null : lost / months;

export interface Flag {
  kind: Kind;
  /** Of that kind: what the sign says is what is counted. */
  count: number;
  /** Findings of other kinds at the same place. */
  others: number;
  found: Finding[];
}

/** Findings by touchpoint, and those of a whole stage by stage. */
export interface Flags {
  touchpoints: Map<string, Flag>;
  stages: Map<string, Flag>;
}

function flagOf(found: Finding[]): Flag {
  const kind = worstKind(found);
  const count = found.filter((finding) => finding.kind === kind).length;
  return { kind, count, others: found.length - count, found };
}

/** Of what the list shows, so that a flag leads to as many findings as it says. */
export function flagsOf(found: readonly Finding[]): Flags {
  const group = (read: (finding: Finding) => string | null): Map<string, Flag> => {
    const groups = new Map<string, Finding[]>();
    for (const finding of found) {
      const name = isListed(finding) ? read(finding) : null;
      if (name !== null) groups.set(name, [...(groups.get(name) ?? []), finding]);
    }
    return new Map([...groups].map(([name, mine]) => [name, flagOf(mine)]));
  };
  return {
    touchpoints: group(columnOf),
    stages: group((finding) => (columnOf(finding) === null ? finding.stage : null)),
  };
}

/** Money of a month of several findings together; null where none of them says any. */
export function moneyOf(found: readonly Finding[]): { value: number; currency: string } | null {
  const paid = found.flatMap((finding) => (finding.money ? [finding.money] : []));
  const first = paid[0];
  return first
    ? { value: paid.reduce((sum, money) => sum + money.value, 0), currency: first.currency }
    : null;
}

export interface TestedRow {
  stage: string | null;
  touchpoint: string | null;
  cells: Map<string, Finding>;
}

/** Everything that was tested: touchpoints down, obstacles across. */
export function testedTable(found: readonly Finding[], order: readonly string[]) {
  const tested = found.filter((finding) => finding.obstacle !== null && JUDGED.includes(finding.kind));
  const rows = new Map<string, TestedRow>();
  const place = (touchpoint: string | null) => {
    const at = touchpoint === null ? -1 : order.indexOf(touchpoint);
    return at === -1 ? order.length : at;
  };
  for (const finding of tested) {
    const name = finding.touchpoint ?? finding.activity ?? "";
    const row = rows.get(name) ?? { stage: finding.stage, touchpoint: name, cells: new Map() };
    const before = row.cells.get(finding.obstacle as string);
    // Where one obstacle was tried at several thresholds, the worst of them is shown.
    if (!before || KINDS.indexOf(finding.kind) < KINDS.indexOf(before.kind))
      row.cells.set(finding.obstacle as string, finding);
    rows.set(name, row);
  }
  const obstacles = tally(tested.map((finding) => finding.obstacle)).map((facet) => facet.value);
  return { obstacles, rows: [...rows.values()].sort((a, b) => place(a.touchpoint) - place(b.touchpoint)) };
}
