/** The contents of cells in one plain form, whatever way the author wrote them down. */

import { isRecord, type Plain } from "./types";

/** A text and a word that sorts it: a pain and its kind, an influence and where it comes from. */
export interface Sorted {
  text: string;
  sort: string;
}

/** Under which keys a lane keeps a text and its sort. */
export const SORTED: Record<string, readonly [string, string]> = {
  pains: ["pain", "kind"],
  influences: ["influence", "from"],
};

export interface Metric {
  metric: string;
  now: string;
  target: string;
  unit: string;
}

export interface Process {
  owner: string;
  department: string;
  systems: string[];
  decides: string;
}

const text = (value: Plain | undefined): string =>
  typeof value === "string"
    ? value
    : typeof value === "number" || typeof value === "boolean"
      ? `${value}`
      : "";

/** Any value in words: a foreign shape in a known lane is shown, never lost. */
export function textOf(value: Plain | undefined): string {
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join("\n");
  if (isRecord(value))
    return Object.entries(value)
      .map(([key, inner]) => `${key}: ${textOf(inner)}`)
      .join(" · ");
  return text(value);
}

export function listOf(value: Plain | undefined): string[] {
  if (value == null || value === "") return [];
  return Array.isArray(value) ? value.map(textOf) : [textOf(value)];
}

export const writeList = (cards: readonly string[]): Plain => {
  const kept = cards.map((card) => card.trim()).filter(Boolean);
  return kept.length ? kept : null;
};

export function sortedOf(content: string, value: Plain | undefined): Sorted[] {
  const [textKey, sortKey] = SORTED[content] ?? ["text", "sort"];
  const items = value == null || value === "" ? [] : Array.isArray(value) ? value : [value];
  return items.map((item) =>
    isRecord(item)
      ? { text: text(item[textKey]), sort: text(item[sortKey]) }
      : { text: textOf(item), sort: "" },
  );
}

export function writeSorted(content: string, items: readonly Sorted[]): Plain {
  const [textKey, sortKey] = SORTED[content] ?? ["text", "sort"];
  const kept = items.filter((item) => item.text.trim());
  if (!kept.length) return null;
  return kept.map(
    (item): Plain => ({ [textKey]: item.text.trim(), ...(item.sort ? { [sortKey]: item.sort } : {}) }),
  );
}

export function metricsOf(value: Plain | undefined): Metric[] {
  const items = value == null || value === "" ? [] : Array.isArray(value) ? value : [value];
  return items.map((item) =>
    isRecord(item)
      ? { metric: text(item.metric), now: text(item.now), target: text(item.target), unit: text(item.unit) }
      : { metric: textOf(item), now: "", target: "", unit: "" },
  );
}

/** A number where a number was typed (`4,5` too), the text itself otherwise. */
export function readNumber(typed: string): number | null {
  const plain = typed
    .trim()
    .replace(/[\s\u00a0\u202f]/g, "")
    .replace(",", ".")
    .replace("−", "-");
  return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}

const numberOrText = (typed: string): Plain => readNumber(typed) ?? (typed.trim() || null);

export const writeMetrics = (metrics: readonly Metric[]): Plain => {
  const kept = metrics.filter(({ metric }) => metric.trim());
  if (!kept.length) return null;
  return kept.map(({ metric, now, target, unit }) => {
    if (!now.trim() && !target.trim() && !unit.trim()) return metric.trim();
    const known: { [key: string]: Plain } = { metric: metric.trim() };
    const values = { now: numberOrText(now), target: numberOrText(target), unit: unit.trim() || null };
    for (const [key, value] of Object.entries(values)) if (value !== null) known[key] = value;
    return known;
  });
};

export function processOf(value: Plain | undefined): Process {
  const known = isRecord(value) ? value : {};
  return {
    owner: isRecord(value) ? text(known.owner) : textOf(value),
    department: text(known.department),
    systems: listOf(known.systems),
    decides: text(known.decides),
  };
}

/** What the editor does not know of a mapping stays as it was. */
export function writeProcess(process: Process, before: Plain): Plain {
  const kept: { [key: string]: Plain } = isRecord(before) ? { ...before } : {};
  const systems = writeList(process.systems);
  const values = { owner: process.owner, department: process.department, decides: process.decides };
  for (const [key, value] of Object.entries(values)) {
    if (value.trim()) kept[key] = value.trim();
    else delete kept[key];
  }
  if (systems) kept.systems = systems;
  else delete kept.systems;
  return Object.keys(kept).length ? kept : null;
}

export const isYes = (value: Plain | undefined): boolean => value === true || value === "true";

/** The author's mood, -2..2, or null. */
export function emotionOf(value: Plain | undefined): number | null {
  const number = typeof value === "number" ? value : typeof value === "string" ? readNumber(value) : null;
  return number === null || !Number.isFinite(number) ? null : Math.max(-2, Math.min(2, number));
}

export const isEmpty = (value: Plain | undefined): boolean =>
  value == null ||
  value === "" ||
  (Array.isArray(value) && value.length === 0) ||
  (isRecord(value) && Object.keys(value).length === 0);

const DURATION = /^\s*(\d+(?:[.,]\d+)?)\s*([smhdw])\s*$/;
export const UNITS = ["s", "m", "h", "d", "w"] as const;
export type DurationUnit = (typeof UNITS)[number];
const SECONDS: Record<DurationUnit, number> = { s: 1, m: 60, h: 3600, d: 86400, w: 604800 };
const LONGEST = 1e11;

/** `10m` in its two parts; a bare number is seconds; null where it is no duration. */
export function durationOf(value: Plain | undefined): { number: string; unit: DurationUnit } | null {
  const written = text(value);
  const match = DURATION.exec(written);
  if (match) return { number: match[1] ?? "", unit: match[2] as DurationUnit };
  const seconds = readNumber(written);
  if (seconds === null || seconds < 0) return null;
  const unit = [...UNITS].reverse().find((u) => seconds >= SECONDS[u] && seconds % SECONDS[u] === 0) ?? "s";
  return { number: `${seconds / SECONDS[unit]}`, unit };
}

export const secondsOf = (value: Plain | undefined): number | null => {
  const parts = durationOf(value);
  const number = parts && readNumber(parts.number);
  return parts && number !== null ? number * SECONDS[parts.unit] : null;
};

/** How a duration is kept, or null where what was typed is none. */
export function writeDuration(typed: string, unit: DurationUnit): string | null {
  const number = readNumber(typed);
  if (number === null || !(number > 0) || number * SECONDS[unit] > LONGEST) return null;
  return `${number}${unit}`;
}

/** A rule of events: values by column, as lists of texts. */
export type Rule = Record<string, string[]>;

export function ruleOf(value: Plain | undefined): Rule {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value)
      .map(([column, values]) => [column, listOf(values)] as const)
      .filter(([, values]) => values.length),
  );
}

export const writeRule = (rule: Rule): Plain => {
  const kept = Object.entries(rule).filter(([, values]) => values.length);
  return kept.length ? Object.fromEntries(kept) : null;
};

export const isExpression = (value: string): boolean => /^\/.+\/$/s.test(value);
