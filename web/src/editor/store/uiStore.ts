/** What the person is doing on the map: where they stand, what they edit, which panel is open. */

import { createStore } from "zustand/vanilla";
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

export interface UiState {
  active: Spot;
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
}

export function createUiStore() {
  return createStore<UiState>(() => ({
    active: { row: TOUCHPOINTS, column: 0 },
    editing: null,
    menu: null,
    panel: null,
    dialog: null,
    extra: new Set<string>(),
    said: "",
    offerUndo: false,
  }));
}

export type UiStore = ReturnType<typeof createUiStore>;
