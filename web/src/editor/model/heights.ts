/** How high a row is: reckoned from what is written in it, so that cells out of sight need not be drawn. */

import { touchpointsOf } from "./document";
import type { Row } from "./lanes";
import { type Fields, isRecord, type MapDocument, type Plain, type StageDocument } from "./types";
import { listOf, metricsOf, sortedOf, textOf } from "./values";

const LINE = 17;
const CARD = 19;
const LABEL = 15;
const GAP = 5;
const EDGE = 16;
export const MIN_ROW = 62;
export const MAX_ROW = 264;
export const EMOTION_ROW = 148;
/** The lines that say on what a cell stands. */
export const TAG = 38;
/** Pixels of one letter on average; the capitals and Cyrillic of a heading need a little more. */
const LETTER = 6.9;
/** The title of a lane is bold: it has room for about twenty letters. */
const HEAD_WIDTH = 136;
const HEAD_LINE = 20;
const HEAD_NOTE = 20;

/** Lines of a text that breaks between words, and within a word that is longer than a line. */
function lines(text: string, width: number): number {
  const most = Math.max(1, Math.floor(width / LETTER));
  let sum = 0;
  for (const part of text.split("\n")) {
    let used = 0;
    let here = 1;
    for (const { length } of part.split(" ")) {
      if (used > 0 && used + 1 + length > most) {
        here += 1;
        used = 0;
      }
      here += Math.floor(Math.max(0, length - 1) / most);
      used += (used > 0 ? 1 : 0) + (length > most ? length % most : length);
    }
    sum += here;
  }
  return sum;
}

const cards = (texts: readonly string[], width: number, label = 0): number =>
  texts.reduce((sum, text) => sum + lines(text, width) * LINE + CARD - 4 + label + GAP, EDGE - GAP);

/** Lines that short names side by side take; three are shown, and how many more there are. */
function chipLines(names: readonly string[], width: number): number {
  let lines = 1;
  let used = 0;
  for (const name of names.slice(0, 3)) {
    const chip = Math.min(width, name.length * LETTER + 18);
    if (used > 0 && used + chip > width + 18) {
      lines += 1;
      used = 0;
    }
    used += chip;
  }
  return names.length > 3 && used + 60 > width ? lines + 1 : lines;
}

const remembered = new WeakMap<object, Map<string, number>>();

function measure(content: string, value: Plain, width: number): number {
  switch (content) {
    case "pains":
    case "influences":
      return cards(
        sortedOf(content, value).map((item) => item.text),
        width,
        LABEL,
      );
    case "metrics":
      return metricsOf(value).reduce(
        (sum, { metric, now, target }) =>
          sum + lines(metric, width) * LINE + CARD - 4 + (now || target ? 18 : 0) + GAP,
        EDGE - GAP,
      );
    case "process":
      return isRecord(value)
        ? Object.values(value).reduce<number>(
            (sum, it) => sum + LABEL + 4 + lines(textOf(it), width) * LINE,
            EDGE + 14,
          )
        : cards([textOf(value)], width);
    case "expectation":
      return isRecord(value)
        ? Object.entries(value).reduce<number>(
            (sum, [key, it]) =>
              sum +
              (key === "best" || key === "worst" ? cards([textOf(it)], width, LABEL) - EDGE + GAP * 2 : 27),
            EDGE,
          )
        : cards([textOf(value)], width);
    case "rule":
      return isRecord(value)
        ? Object.values(value).reduce<number>(
            (sum, it) => sum + LABEL + chipLines(listOf(it), width) * 22 + 4,
            EDGE,
          )
        : MIN_ROW;
    default:
      return cards(listOf(value), width);
  }
}

/** Pixels that a value needs in a cell of this width. */
export function cellHeight(content: string, value: Plain | undefined, width: number): number {
  if (value == null) return 0;
  if (typeof value !== "object") return measure(content, value, width - 36);
  const key = `${content}/${Math.round(width)}`;
  const known = remembered.get(value);
  const height = known?.get(key);
  if (height !== undefined) return height;
  const fresh = measure(content, value, width - 36);
  if (known) known.set(key, fresh);
  else remembered.set(value, new Map([[key, fresh]]));
  return fresh;
}

type Proven = (name: string) => boolean;
const NOWHERE: Proven = () => false;

/** What the cells of one stage need in a row. */
function stageHeight(stage: StageDocument, row: Row, width: number, proven: Proven): number {
  const need = (fields: Fields, name: string, width: number) => {
    const tag = proven(name) || (isRecord(fields.evidence) && fields.evidence[row.key]) ? TAG : 0;
    return cellHeight(row.content, fields[row.key], width) + tag;
  };
  const inside = touchpointsOf(stage);
  if (row.level === "stage")
    return need(stage, stage.stage, Math.min(Math.max(1, inside.length) * width, 2 * width));
  return inside.reduce((highest, it) => Math.max(highest, need(it, it.touchpoint, width)), 0);
}

/** A stage that has not changed is the same object: its heights are reckoned once. */
const reckoned = new WeakMap<StageDocument, Map<string, number>>();

function knownHeight(stage: StageDocument, row: Row, width: number): number {
  const key = `${row.id}/${row.content}/${width}`;
  const known = reckoned.get(stage) ?? new Map<string, number>();
  reckoned.set(stage, known);
  const height = known.get(key) ?? stageHeight(stage, row, width, NOWHERE);
  known.set(key, height);
  return height;
}

/** What the title of a lane needs, with what stands under it; three lines of it are shown. */
function headHeight(title: string, row: Row): number {
  const told = row.level === "stage" || !row.known ? HEAD_NOTE : 0;
  return Math.min(3, lines(title, HEAD_WIDTH)) * HEAD_LINE + told + EDGE + 4;
}

/**
 * The height of a row: that of its highest cell, within limits.
 * @param proven which stages or touchpoints have notes of research tied to this lane
 * @param title of the lane, which must not be cut either
 */
export function rowHeight(
  document: MapDocument,
  row: Row,
  width: number,
  proven?: Proven,
  title = "",
): number {
  if (row.content === "emotion" && row.level === "touchpoint") return EMOTION_ROW;
  const highest = document.stages.reduce(
    (sum, stage) =>
      Math.max(sum, proven ? stageHeight(stage, row, width, proven) : knownHeight(stage, row, width)),
    headHeight(title, row),
  );
  return Math.round(Math.max(MIN_ROW, Math.min(MAX_ROW, highest)));
}
