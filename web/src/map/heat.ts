/** Metrics that the heat map can show: for each touchpoint a number in words, a step of a scale, and its n. */

import type { ExpectationCheck, TouchpointRow } from "../api";
import type { Finding } from "../data/findings";
import { type Flags, moneyOf } from "../data/findingsModel";
import {
  count,
  decimal,
  duration,
  EMOTION_STEPS,
  ENOUGH,
  emotionTone,
  type Language,
  money,
  SHARE_STEPS,
  share,
  shareLevel,
  signed,
  WAIT_STEPS,
  waitLevel,
} from "../draw";
import { writeCheck } from "./expectation";
import type { Column, MapModel } from "./model";

export const METRICS = [
  "journeys",
  "drop_off",
  "waits",
  "failures",
  "repeats",
  "emotion",
  "score",
  "gap",
  "money",
] as const;
export type Metric = (typeof METRICS)[number];

export const isMetric = (name: string): name is Metric => (METRICS as readonly string[]).includes(name);

export interface Heat {
  text: string;
  /** What stands on it, or how many. */
  more: string;
  n: number;
  /** Steps of amount 0..4, of harm 0..4, or of worse and better -2..2; null: too little to tell. */
  step: number | null;
  kind: "amount" | "harm" | "side";
}

/** Steps of an amount as shares of the largest on the map. */
export const AMOUNT_STEPS = [0.05, 0.2, 0.5, 0.8] as const;

/** An amount is never uncertain for being small: it is what it is. */
const amountStep = (value: number, most: number): number =>
  most > 0 ? AMOUNT_STEPS.filter((step) => value / most >= step).length : 0;

/** How far a promise is missed, in steps of the diverging scale. */
export function gapStep(check: ExpectationCheck): number | null {
  if (check.reality === null || check.n < ENOUGH) return null;
  const far = check.promise > 0 && check.gap !== null ? Math.abs(check.gap) / check.promise : 0;
  const kept = check.kept_share ?? 1;
  if (check.verdict === "missed") return far > 0.5 || kept < 0.5 ? -2 : -1;
  if (check.verdict === "partly") return kept < 0.5 ? -2 : -1;
  if (check.verdict === "kept") return kept >= 0.95 ? 2 : 1;
  return check.verdict === "unsure" ? 0 : null;
}

/** The promise that is kept worst; one that cannot be judged yet comes last. */
export function worstCheck(checks: readonly ExpectationCheck[]): ExpectationCheck | null {
  const rank = (check: ExpectationCheck) => gapStep(check) ?? 3;
  return [...checks].sort((a, b) => rank(a) - rank(b))[0] ?? null;
}

const lostGoals = (found: readonly Finding[]): number =>
  found.reduce((sum, finding) => sum + (finding.lost_goals ?? 0), 0);

interface Most {
  journeys: number;
  loss: number;
}

const lossOf = (column: Column, flags: Flags | undefined): number => {
  const found = flags?.touchpoints.get(column.name)?.found ?? [];
  return moneyOf(found)?.value ?? lostGoals(found);
};

const mostOf = (model: MapModel, flags: Flags | undefined): Most => ({
  journeys: Math.max(0, ...model.columns.map((column) => column.row?.journeys ?? 0)),
  loss: Math.max(0, ...model.columns.map((column) => lossOf(column, flags))),
});

function sharesOf(row: TouchpointRow, metric: "drop_off" | "failures" | "repeats", language: Language): Heat {
  const [value, times] = {
    drop_off: [row.drop_off_share, row.drop_off],
    failures: [row.failure_share, row.failed],
    repeats: [row.reached_again_share, row.reached_again],
  }[metric] as [number | null, number];
  return {
    text: share(value, language),
    more: times > 0 ? count(times, language) : "",
    n: row.journeys,
    step: shareLevel(value, row.journeys),
    kind: "harm",
  };
}

function scoreHeat(row: TouchpointRow, metric: "emotion" | "score", language: Language): Heat | null {
  if (row.emotion === null || row.emotion_n === 0) return null;
  const n = metric === "emotion" ? row.emotion_n : row.score_n;
  return {
    text: metric === "emotion" ? signed(row.emotion, language) : decimal(row.score_mean, language, 2),
    more: metric === "emotion" ? "" : (row.score_kind ?? "").toUpperCase(),
    n,
    step: emotionTone(row.emotion, row.emotion_n),
    kind: "side",
  };
}

function lossHeat(column: Column, flags: Flags | undefined, most: number, language: Language): Heat | null {
  const found = flags?.touchpoints.get(column.name)?.found ?? [];
  const paid = moneyOf(found);
  const value = lossOf(column, flags);
  // A finding that says nothing of what is lost has not been shown to cost nothing.
  if (value <= 0) return null;
  const text = paid ? money(paid.value, paid.currency, language) : count(value, language);
  return {
    text: `−${text}`,
    more: "",
    n: column.row?.journeys ?? 0,
    step: amountStep(value, most),
    kind: "harm",
  };
}

/** The number of one touchpoint; null where there is none. */
export function heatOf(
  metric: Metric,
  column: Column,
  model: MapModel,
  flags: Flags | undefined,
  language: Language,
  most: Most = mostOf(model, flags),
): Heat | null {
  const row = column.row;
  if (metric === "money") return lossHeat(column, flags, most.loss, language);
  if (!row || row.journeys === 0) return null;
  switch (metric) {
    case "journeys":
      return {
        text: count(row.journeys, language),
        more: share(row.share, language),
        n: row.journeys,
        step: amountStep(row.journeys, most.journeys),
        kind: "amount",
      };
    case "waits":
      return row.next_n === 0
        ? null
        : {
            text: duration(row.next_median_seconds, language),
            more: "",
            n: row.next_n,
            step: waitLevel(row.next_median_seconds, row.next_n),
            kind: "harm",
          };
    case "emotion":
    case "score":
      return scoreHeat(row, metric, language);
    case "gap": {
      const check = worstCheck(row.expectations);
      if (!check || check.reality === null) return null;
      return {
        text: writeCheck(check, language).gap(check.gap),
        more: check.expectation,
        n: check.n,
        step: gapStep(check),
        kind: "side",
      };
    }
    default:
      return sharesOf(row, metric, language);
  }
}

/** All touchpoints at once: what is largest is looked for once. */
export function heatRow(
  metric: Metric,
  columns: readonly Column[],
  model: MapModel,
  flags: Flags | undefined,
  language: Language,
): (Heat | null)[] {
  const most = mostOf(model, flags);
  return columns.map((column) => heatOf(metric, column, model, flags, language, most));
}

/** Where the colours of a metric change, in words; null where the steps are words themselves. */
export function heatSteps(
  metric: Metric,
  language: Language,
): { steps: string[]; kind: Heat["kind"] } | null {
  const percent = (step: number) => share(step, language);
  switch (metric) {
    case "journeys":
      return { steps: AMOUNT_STEPS.map(percent), kind: "amount" };
    case "money":
      return { steps: AMOUNT_STEPS.map(percent), kind: "harm" };
    case "waits":
      return { steps: WAIT_STEPS.map((step) => duration(step, language)), kind: "harm" };
    case "emotion":
    case "score":
      return { steps: EMOTION_STEPS.map((step) => signed(step, language)), kind: "side" };
    case "gap":
      return null;
    default:
      return { steps: SHARE_STEPS.map(percent), kind: "harm" };
  }
}

/** Ground and ink of a step; nothing where there is too little to colour. */
export function heatColours(heat: Pick<Heat, "kind" | "step">): { tone: string; ink: string } | null {
  if (heat.step === null) return null;
  const name =
    heat.kind === "side" ? ["bad-2", "bad-1", "even", "good-1", "good-2"][heat.step + 2] : heat.step;
  const family = heat.kind === "side" ? "side" : heat.kind;
  return { tone: `var(--${family}-${name})`, ink: `var(--${family}-${name}-ink)` };
}
