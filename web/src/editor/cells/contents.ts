/** What each content of a lane is while it is typed, and how it is read from and written to the document. */

import { isRecord, type Plain } from "../model/types";
import {
  type DurationUnit,
  durationOf,
  emotionOf,
  isEmpty,
  isYes,
  listOf,
  type Metric,
  metricsOf,
  type Process,
  processOf,
  readNumber,
  type Sorted,
  sortedOf,
  textOf,
  writeDuration,
  writeList,
  writeMetrics,
  writeProcess,
  writeSorted,
} from "../model/values";

export interface Expectation {
  best: string;
  worst: string;
  within: string;
  unit: DurationUnit;
  score: string;
  /** In percent. */
  failures: string;
}

export type Draft =
  | { as: "list"; cards: string[] }
  | { as: "sorted"; cards: Sorted[] }
  | { as: "metrics"; cards: Metric[] }
  | { as: "process"; process: Process }
  | { as: "expectation"; expects: Expectation }
  | { as: "emotion"; mood: number | null }
  | { as: "mark"; yes: boolean }
  | { as: "text"; text: string };

/** What is wrong with what was typed: which field, and the key of the words that say it. */
export interface Fault {
  field: string;
  why: "within" | "score" | "failures";
}

export type Written = { value: Plain } | { faults: Fault[] };

const plain = (value: Plain | undefined): string => (typeof value === "number" ? `${value}` : textOf(value));

function readExpectation(value: Plain): Expectation {
  const known = isRecord(value) ? value : { best: textOf(value) };
  const within = durationOf(known.within);
  const failures = readNumber(plain(known.failures));
  return {
    best: textOf(known.best),
    worst: textOf(known.worst),
    within: within?.number ?? textOf(known.within),
    unit: within?.unit ?? "m",
    score: plain(known.score),
    failures: failures === null ? plain(known.failures) : `${Number((failures * 100).toFixed(4))}`,
  };
}

function writeExpectation(expects: Expectation, before: Plain): Written {
  const kept: { [key: string]: Plain } = isRecord(before) ? { ...before } : {};
  const faults: Fault[] = [];
  const put = (key: string, value: Plain) => {
    if (value === null) delete kept[key];
    else kept[key] = value;
  };
  put("best", expects.best.trim() || null);
  put("worst", expects.worst.trim() || null);
  const duration = expects.within.trim() ? writeDuration(expects.within, expects.unit) : null;
  if (expects.within.trim() && !duration) faults.push({ field: "within", why: "within" });
  put("within", duration);
  const score = expects.score.trim() ? readNumber(expects.score) : null;
  if (expects.score.trim() && (score === null || score < 0 || score > 10))
    faults.push({ field: "score", why: "score" });
  put("score", score);
  const percent = expects.failures.trim() ? readNumber(expects.failures.replace("%", "")) : null;
  if (expects.failures.trim() && (percent === null || percent < 0 || percent > 100))
    faults.push({ field: "failures", why: "failures" });
  put("failures", percent === null ? null : Number((percent / 100).toFixed(6)));
  return faults.length ? { faults } : { value: Object.keys(kept).length ? kept : null };
}

export function readDraft(content: string, value: Plain): Draft {
  switch (content) {
    case "list":
      return { as: "list", cards: listOf(value) };
    case "pains":
    case "influences":
      return { as: "sorted", cards: sortedOf(content, value) };
    case "metrics":
      return { as: "metrics", cards: metricsOf(value) };
    case "process":
      return { as: "process", process: processOf(value) };
    case "expectation":
      return { as: "expectation", expects: readExpectation(value) };
    case "emotion":
      return { as: "emotion", mood: emotionOf(value) };
    case "mark":
      return { as: "mark", yes: isYes(value) };
    default:
      return { as: "text", text: textOf(value) };
  }
}

export function writeDraft(content: string, draft: Draft, before: Plain): Written {
  switch (draft.as) {
    case "list":
      return { value: writeList(draft.cards) };
    case "sorted":
      return { value: writeSorted(content, draft.cards) };
    case "metrics":
      return { value: writeMetrics(draft.cards) };
    case "process":
      return { value: writeProcess(draft.process, before) };
    case "expectation":
      return writeExpectation(draft.expects, before);
    case "emotion":
      return { value: draft.mood };
    case "mark":
      return { value: draft.yes || null };
    case "text":
      return { value: draft.text.trim() || null };
  }
}

/** The same drafts would be written: nothing was typed. */
export const unchanged = (content: string, one: Draft, value: Plain): boolean =>
  JSON.stringify(one) === JSON.stringify(readDraft(content, value));

/** Contents that are a list of cards: one card can be dragged to another cell. */
export const isCards = (content: string): boolean =>
  content === "list" || content === "pains" || content === "influences" || content === "metrics";

export const cardsOf = (value: Plain): Plain[] =>
  isEmpty(value) ? [] : Array.isArray(value) ? value : [value];
