/** Stages and touchpoints of a document by their names, made once for each document. */

import { touchpointsOf } from "./document";
import { type Fields, isStage, isTouchpoint, type MapDocument, type Target } from "./types";

interface Index {
  stages: Map<string, Fields>;
  touchpoints: Map<string, Fields>;
}

const made = new WeakMap<MapDocument, Index>();

export function indexed(document: MapDocument): Index {
  const known = made.get(document);
  if (known) return known;
  const index: Index = { stages: new Map(), touchpoints: new Map() };
  for (const stage of document.stages) {
    index.stages.set(stage.stage, stage);
    for (const touchpoint of touchpointsOf(stage)) index.touchpoints.set(touchpoint.touchpoint, touchpoint);
  }
  made.set(document, index);
  return index;
}

export function lookUp(document: MapDocument, on: Target): Fields | undefined {
  if (isStage(on)) return indexed(document).stages.get(on.stage);
  if (isTouchpoint(on)) return indexed(document).touchpoints.get(on.touchpoint);
  return document;
}
