/** Looking into the document: what stands where. Nothing here changes anything. */

import {
  type Fields,
  isRecord,
  isStage,
  isTouchpoint,
  type MapDocument,
  type Plain,
  type StageDocument,
  type Target,
  type TouchpointDocument,
} from "./types";

const NOTHING: TouchpointDocument[] = [];

export const touchpointsOf = (stage: StageDocument): TouchpointDocument[] => stage.touchpoints ?? NOTHING;

/** The document from the service in a form that the editor relies on: stages and touchpoints are lists. */
export function readDocument(given: unknown): MapDocument {
  const top = isRecord(given) ? given : {};
  const stages = Array.isArray(top.stages) ? top.stages.filter(isRecord) : [];
  return { ...top, map: String(top.map ?? ""), stages: stages as StageDocument[] };
}

export function findStage(document: MapDocument, name: string): StageDocument | undefined {
  return document.stages.find((stage) => stage.stage === name);
}

export interface Place {
  stage: StageDocument;
  touchpoint: TouchpointDocument;
  index: number;
}

export function findTouchpoint(document: MapDocument, name: string): Place | undefined {
  for (const stage of document.stages) {
    const index = touchpointsOf(stage).findIndex((touchpoint) => touchpoint.touchpoint === name);
    const touchpoint = touchpointsOf(stage)[index];
    if (touchpoint) return { stage, touchpoint, index };
  }
  return undefined;
}

/** The mapping that a target names, or undefined where it is gone. */
export function fieldsOf(document: MapDocument, on: Target): Fields | undefined {
  if (isStage(on)) return findStage(document, on.stage);
  if (isTouchpoint(on)) return findTouchpoint(document, on.touchpoint)?.touchpoint;
  return document;
}

/** The value at a path; null where there is none. */
export function valueAt(fields: Fields | undefined, path: readonly string[]): Plain {
  let value: Plain | undefined = fields;
  for (const key of path) value = isRecord(value) ? value[key] : undefined;
  return value ?? null;
}

export const currentOf = (document: MapDocument, on: Target, path: readonly string[]): Plain =>
  valueAt(fieldsOf(document, on), path);

export function same(one: Plain | undefined, other: Plain | undefined): boolean {
  if (one === other) return true;
  if (one == null || other == null || typeof one !== "object" || typeof other !== "object")
    return (one ?? null) === (other ?? null);
  if (Array.isArray(one) || Array.isArray(other))
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((item, i) => same(item, other[i]))
    );
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => same(one[key], other[key]));
}

export const stageNames = (document: MapDocument): string[] => document.stages.map((stage) => stage.stage);

export const touchpointNames = (document: MapDocument): string[] =>
  document.stages.flatMap((stage) => touchpointsOf(stage).map((touchpoint) => touchpoint.touchpoint));

export const goalOf = (document: MapDocument): string[] =>
  Array.isArray(document.goal)
    ? document.goal.filter((name) => typeof name === "string")
    : typeof document.goal === "string"
      ? [document.goal]
      : [];

/** A name like the wished one that nothing in the list has yet: `Call`, `Call 2`, `Call 3`. */
export function freeName(wished: string, taken: readonly string[]): string {
  const known = new Set(taken);
  if (!known.has(wished)) return wished;
  const stem = wished.replace(/ \d+$/, "");
  for (let number = 2; ; number++) if (!known.has(`${stem} ${number}`)) return `${stem} ${number}`;
}

export const MAX_NAME = 500;

/** A name as the service keeps it: one line, trimmed, in one Unicode form. */
export const cleanName = (typed: string): string =>
  typed
    .normalize("NFC")
    .replace(/\s*[\r\n\t]+\s*/g, " ")
    .trim()
    .slice(0, MAX_NAME);
