/** Cells, lanes, touchpoints and stages on their way from one place to another, also between maps. */

import { cardsOf } from "../cells/contents";
import { touchpointsOf } from "../model/document";
import { lookUp } from "../model/indexed";
import type { Layout, Row } from "../model/lanes";
import type { Change, Fields, MapDocument, Plain, Target } from "../model/types";
import { emotionOf, isEmpty, metricsOf, SORTED, sortedOf, textOf } from "../model/values";
import { writeTable } from "./table";

export const FORMAT = "application/x-tropa";

export type Clip =
  | { kind: "cell"; content: string; value: Plain }
  /** A line a lane, with the content of each. */
  | { kind: "cells"; contents: string[]; values: Plain[][] }
  | { kind: "lane"; key: string; level: Row["level"]; content: string; values: Plain[]; names: string[] }
  | { kind: "touchpoint"; fields: Fields }
  | { kind: "stage"; fields: Fields };

const owners = (document: MapDocument, level: Row["level"]): Fields[] =>
  level === "stage" ? document.stages : document.stages.flatMap((stage): Fields[] => touchpointsOf(stage));

const nameKey = (level: Row["level"]) => (level === "stage" ? "stage" : "touchpoint");

export function copyLane(document: MapDocument, row: Row): Clip {
  const all = owners(document, row.level);
  return {
    kind: "lane",
    key: row.key,
    level: row.level,
    content: row.content,
    values: all.map((fields) => fields[row.key] ?? null),
    names: all.map((fields) => String(fields[nameKey(row.level)])),
  };
}

/** The words of a cell, a card each: a pain without its kind, a metric without its figures. */
function wordsOf(value: Plain, content: string): string[] {
  const cards =
    content in SORTED
      ? sortedOf(content, value).map((card) => card.text)
      : content === "metrics"
        ? metricsOf(value).map((card) => card.metric)
        : cardsOf(value).map(textOf);
  return cards.filter(Boolean);
}

/** The same for people and for other programs: a line a card, a tab between cells. */
export function plainOf(clip: Clip): string {
  if (clip.kind === "cell") return wordsOf(clip.value, clip.content).join("\n");
  if (clip.kind === "cells")
    return writeTable(
      clip.values.map((line, i) => line.map((it) => wordsOf(it, clip.contents[i] ?? "").join("\n"))),
    );
  if (clip.kind === "lane")
    return clip.values.map((value) => textOf(value).replaceAll("\n", "; ")).join("\t");
  return String(clip.kind === "stage" ? clip.fields.stage : clip.fields.touchpoint);
}

export function readClip(data: Pick<DataTransfer, "getData"> | null): Clip | string | null {
  const own = data?.getData(FORMAT);
  if (own) {
    try {
      return JSON.parse(own) as Clip;
    } catch {
      return null;
    }
  }
  // Only the plain text of what was copied elsewhere: its HTML is never looked at.
  return data?.getData("text/plain") || null;
}

/** A value in the form that another lane keeps. */
export function fitted(value: Plain, from: string, to: string): Plain | undefined {
  if (from === to || isEmpty(value)) return value;
  const lines = wordsOf(value, from);
  if (to === "list") return lines;
  if (to === "pains") return lines.map((pain) => ({ pain }));
  if (to === "influences") return lines.map((influence) => ({ influence }));
  if (to === "metrics") return lines;
  if (to === "text") return lines.join("\n");
  if (to === "emotion") return emotionOf(lines[0]) ?? undefined;
  return undefined;
}

/** Cards are added to those that are there; anything else takes the place of what was there. */
export function added(content: string, now: Plain, value: Plain): Plain {
  const cards =
    content === "list" || content === "pains" || content === "influences" || content === "metrics";
  if (!cards) return value;
  const known = new Set(cardsOf(now).map((card) => JSON.stringify(card)));
  const fresh = cardsOf(value).filter((card) => !known.has(JSON.stringify(card)));
  return [...cardsOf(now), ...fresh];
}

export function fromText(text: string, content: string): Plain | undefined {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
  return content === "text" ? text.trim() : fitted(lines, "list", content);
}

/** Lays a copied lane over the touchpoints (or stages) of this map: by name where one has the same, else by place. */
export function pasteLane(document: MapDocument, clip: Extract<Clip, { kind: "lane" }>, row: Row): Change[] {
  const all = owners(document, row.level);
  const byName = new Map(clip.names.map((name, i) => [name, clip.values[i] ?? null]));
  const named = all.filter((fields) => byName.has(String(fields[nameKey(row.level)]))).length;
  return all.flatMap((fields, i): Change[] => {
    const name = String(fields[nameKey(row.level)]);
    const value = named > 0 ? (byName.get(name) ?? null) : (clip.values[i] ?? null);
    const fit = fitted(value, clip.content, row.content);
    if (fit === undefined || isEmpty(fit)) return [];
    const was = fields[row.key] ?? null;
    const on: Target = row.level === "stage" ? { stage: name } : { touchpoint: name };
    return [{ op: "set", on, path: [row.key], value: added(row.content, was, fit), was }];
  });
}

export const valueIn = (document: MapDocument, on: Target, key: string): Plain =>
  lookUp(document, on)?.[key] ?? null;

export const rowOf = (rows: readonly Row[], id: string): Row | undefined => rows.find((row) => row.id === id);

export const columnOf = (layout: Layout, column: number) => layout.columns[column];
