/** What the person is doing on the map: where they stand, what they edit, which panel is open. */

import { createStore } from "zustand/vanilla";
import type { CellEvidence } from "../../api";
import type { Target } from "../model/types";

/** Rows above the lanes. */
export const STAGES = "#stages";
export const TOUCHPOINTS = "#touchpoints";
/** The column of the lanes' names. */
export const HEAD = -1;

export interface Spot {
  row: string;
  column: number;
}

export interface Editing extends Spot {
  /** The letter that began the editing. */
  seed: string;
  /** It is the name of what was added just now: giving it one belongs to the adding. */
  added?: boolean;
}

export interface OpenMenu extends Spot {
  x: number;
  y: number;
}

export type Panel = "comments" | "research" | "versions";
export type Dialog =
  | { kind: "bind"; touchpoint: string }
  | { kind: "evidence"; on: Target; key: string; title: string }
  | { kind: "inside"; touchpoint: string }
  | { kind: "unbound" }
  | { kind: "map" }
  | { kind: "lanes" }
  | { kind: "keys" }
  | { kind: "troubles" };

/** What the service knows of places on the map, by `placeKey`. */
export interface Marks {
  /** Open threads of the whole map. */
  open: number;
  threads: Map<string, number>;
  /** Only of cells to which notes are tied. */
  proofs: Map<string, CellEvidence>;
  /** Lanes that have such a cell. */
  proven: Set<string>;
}

export interface UiState {
  active: Spot;
  /** Cells chosen together, from one to another; it holds as long as `to` is where one stands. */
  range: { from: Spot; to: Spot } | null;
  editing: Editing | null;
  menu: OpenMenu | null;
  panel: Panel | null;
  dialog: Dialog | null;
  /** Rows shown although nothing is written in them yet. */
  extra: ReadonlySet<string>;
  /** For those who do not see the screen, and the line at the foot of it. */
  said: string;
  /** Whether a line offers to take the last step back. */
  offerUndo: boolean;
  marks: Marks;
  /** After how many days evidence is stale; null until the service has said it. */
  staleDays: number | null;
}

export function createUiStore() {
  return createStore<UiState>(() => ({
    active: { row: TOUCHPOINTS, column: 0 },
    range: null,
    editing: null,
    menu: null,
    panel: null,
    dialog: null,
    extra: new Set<string>(),
    said: "",
    offerUndo: false,
    marks: { open: 0, threads: new Map(), proofs: new Map(), proven: new Set() },
    staleDays: null,
  }));
}

export type UiStore = ReturnType<typeof createUiStore>;
