/** The document of a map as it is edited: the keys of `map.yaml`, and the changes that are made to it. */

export type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };
export type Fields = { [key: string]: Plain };

export interface TouchpointDocument extends Fields {
  touchpoint: string;
}

export type StageDocument = Fields & { stage: string; touchpoints?: TouchpointDocument[] };

export type MapDocument = Fields & { map: string; stages: StageDocument[] };

/** What a change is made to: the map itself, a stage or a touchpoint, by its name. */
export type Target = { map: true } | { stage: string } | { touchpoint: string };

export type Named = { stage: string } | { touchpoint: string };

export interface SetChange {
  op: "set";
  on: Target;
  path: string[];
  value: Plain;
  was: Plain;
}

export interface RenameChange {
  op: "rename";
  on: Target;
  to: string;
}

export interface AddChange {
  op: "add";
  on: Named;
  /** Into which stage a touchpoint goes. */
  stage?: string;
  after: string | null;
  document: Fields;
}

export interface MoveChange {
  op: "move";
  on: Named;
  stage?: string;
  after: string | null;
}

export interface RemoveChange {
  op: "remove";
  on: Named;
  /** What the person saw there: nothing else is taken away. */
  was?: Fields;
}

export type Change = SetChange | RenameChange | AddChange | MoveChange | RemoveChange;

export type Reason = "changed" | "gone" | "taken";

/** A change that could not be made, and what stands there now. */
export interface Conflict {
  change: Change;
  reason: Reason;
  current: Plain;
}

export const isRecord = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isStage = (on: Target): on is { stage: string } => "stage" in on;
export const isTouchpoint = (on: Target): on is { touchpoint: string } => "touchpoint" in on;
export const nameOf = (on: Named): string => ("stage" in on ? on.stage : on.touchpoint);
