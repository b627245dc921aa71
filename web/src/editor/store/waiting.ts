import { same } from "../model/document";
import type { Change } from "../model/types";
import type { Waiting } from "./shelf";

/** A later value of the same cell takes the place of one that still waits. */
export function queued(waiting: readonly Waiting[], change: Change, base: number, flying: number): Waiting[] {
  const last = waiting.at(-1);
  if (
    waiting.length > flying &&
    last &&
    last.base === base &&
    change.op === "set" &&
    last.change.op === "set" &&
    same(last.change.on, change.on) &&
    same(last.change.path, change.path)
  )
    return [...waiting.slice(0, -1), { base, change: { ...change, was: last.change.was } }];
  return [...waiting, { change, base }];
}
