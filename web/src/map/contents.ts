/** What an author wrote in a cell, by the content of its lane, whichever way it was written down. */

import type { Lane as Term } from "../api";

export type Content = Term["content"] | "free";

/** One thing that was said. */
export interface Said {
  text: string;
  /** The key of what it is a part of: a kind of pain, a question of research, a part of a process. */
  part?: string;
  now?: string;
  target?: string;
  unit?: string;
}

type Shape = Record<string, unknown>;

const isShape = (value: unknown): value is Shape =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Anything an author may write, as lines of text. */
export function lines(value: unknown): string[] {
  if (value === null || value === undefined || value === "") return [];
  if (Array.isArray(value)) return value.flatMap(lines);
  if (isShape(value))
    return Object.entries(value).flatMap(([key, inner]) => {
      const said = lines(inner).join(", ");
      return said ? [`${key}: ${said}`] : [];
    });
  return [String(value)];
}

const words = (value: unknown): string => lines(value).join(", ");

const each = (value: unknown): unknown[] =>
  value === null || value === undefined || value === "" ? [] : Array.isArray(value) ? value : [value];

/** A text with the word that sorts it: a pain and its kind, an influence and where it comes from. */
const sorted = (value: unknown, text: string, sort: string): Said[] =>
  each(value).map((item) =>
    isShape(item) && item[text] !== undefined
      ? { text: words(item[text]), ...(item[sort] ? { part: words(item[sort]) } : {}) }
      : { text: words(item) },
  );

const metrics = (value: unknown): Said[] =>
  each(value).map((item) => {
    if (!isShape(item) || item.metric === undefined) return { text: words(item) };
    const said: Said = { text: words(item.metric) };
    for (const key of ["now", "target", "unit"] as const) if (words(item[key])) said[key] = words(item[key]);
    return said;
  });

/** A mapping of known parts; anything else in it is still shown, under its own key. */
const parts = (value: unknown): Said[] =>
  isShape(value)
    ? Object.entries(value).map(([part, inner]) => ({ part, text: words(inner) }))
    : each(value).map((item) => ({ text: words(item) }));

/** The author's mood, -2..2; null where it is none. */
export const moodIn = (value: unknown): number | null =>
  typeof value === "number" && Math.abs(value) <= 2 ? value : null;

export function saidIn(content: Content, value: unknown): Said[] {
  const said =
    content === "pains"
      ? sorted(value, "pain", "kind")
      : content === "influences"
        ? sorted(value, "influence", "from")
        : content === "metrics"
          ? metrics(value)
          : content === "process" || content === "research" || content === "expectation"
            ? parts(value)
            : lines(value).map((text) => ({ text }));
  return said.filter(({ text }) => text !== "");
}

/** The words alone, for a search: of a card its text, of a mapping what stands under its keys. */
export function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isShape(value)) return lines(value);
  const text = value.pain ?? value.influence ?? value.metric;
  return text === undefined ? Object.values(value).flatMap(textsIn) : lines(text);
}

const DURATION = /^\s*(\d+(?:[.,]\d+)?)\s*([smhdw]?)\s*$/;
const SECONDS: Record<string, number> = { "": 1, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** `10m` in seconds, a bare number is seconds; null where it is no time. */
export function secondsIn(written: string): number | null {
  const match = DURATION.exec(written);
  return match ? Number((match[1] ?? "").replace(",", ".")) * (SECONDS[match[2] ?? ""] ?? 1) : null;
}

/** Parts of an expectation that are promises, to be held against the data. */
export const PROMISES = ["within", "score", "failures"] as const;
export type PromiseKey = (typeof PROMISES)[number];
