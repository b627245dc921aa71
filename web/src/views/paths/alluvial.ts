/** Places of the flow from or to one touchpoint, as columns of blocks with ribbons between them. Pure. */

import type { Flow, FlowPlace } from "../../api";

export type PlaceKind = "name" | "other" | "end";

export interface Block {
  key: string;
  kind: PlaceKind;
  name: string | null;
  /** 0 is the anchor. */
  step: number;
  journeys: number;
  place: FlowPlace | null;
  x: number;
  y: number;
  height: number;
}

export interface Ribbon {
  key: string;
  source: Block;
  target: Block;
  journeys: number;
  path: string;
}

export const WIDTH = 1160;
export const HEIGHT = 520;
export const BLOCK = 12;
const GAP = 26;
/** Room for the names beside the last column. */
const LABEL = 170;

const keyOf = (step: number, kind: string, name: string | null) => `${step} ${kind} ${name ?? ""}`;

export function columnsOf(flow: Flow): number {
  return flow.places.reduce((most, place) => Math.max(most, Number(place.step)), 0) + 1;
}

export function alluvialOf(flow: Flow): { blocks: Block[]; ribbons: Ribbon[]; height: number } {
  const columns = columnsOf(flow);
  const inColumn = (step: number) => flow.places.filter((place) => Number(place.step) === step);
  const most = Math.max(1, ...Array.from({ length: columns - 1 }, (_, step) => inColumn(step + 1).length));
  const height = Math.max(HEIGHT, most * (GAP + 14));
  const scale = (height - (most - 1) * GAP) / Math.max(1, flow.journeys);
  const place = (step: number): number => {
    const [left, right] = [6, WIDTH - LABEL];
    const at = columns === 1 ? 0 : step / (columns - 1);
    return flow.direction === "after" ? left + (right - left) * at : right - (right - left) * at;
  };
  const anchor: Block = {
    key: keyOf(0, "name", flow.anchor),
    kind: "name",
    name: flow.anchor,
    step: 0,
    journeys: flow.journeys,
    place: null,
    x: place(0),
    y: 0,
    height: Math.max(2, flow.journeys * scale),
  };
  const blocks = [anchor];
  for (let step = 1; step < columns; step += 1) {
    let y = 0;
    for (const told of inColumn(step)) {
      const tall = Math.max(2, told.journeys * scale);
      blocks.push({
        key: keyOf(step, told.kind, told.name),
        kind: told.kind as PlaceKind,
        name: told.name,
        step,
        journeys: told.journeys,
        place: told,
        x: place(step),
        y,
        height: tall,
      });
      y += tall + GAP;
    }
  }
  return { blocks, ribbons: ribbonsOf(flow, blocks, scale), height };
}

function ribbonsOf(flow: Flow, blocks: readonly Block[], scale: number): Ribbon[] {
  const byKey = new Map(blocks.map((block) => [block.key, block]));
  const order = new Map(blocks.map((block, place) => [block.key, place]));
  const [out, into] = [new Map<string, number>(), new Map<string, number>()];
  return flow.links
    .flatMap((link) => {
      const step = Number(link.step);
      const source = byKey.get(keyOf(step - 1, link.source_kind, link.source));
      const target = byKey.get(keyOf(step, link.target_kind, link.target));
      return source && target ? [{ source, target, journeys: link.journeys }] : [];
    })
    .sort(
      (a, b) =>
        (order.get(a.source.key) ?? 0) - (order.get(b.source.key) ?? 0) ||
        (order.get(a.target.key) ?? 0) - (order.get(b.target.key) ?? 0),
    )
    .map(({ source, target, journeys }) => {
      const thick = journeys * scale;
      const [from, to] = [out.get(source.key) ?? 0, into.get(target.key) ?? 0];
      out.set(source.key, from + thick);
      into.set(target.key, to + thick);
      const path = ribbon(source, source.y + from, target, target.y + to, thick);
      return { key: `${source.key}>${target.key}`, source, target, journeys, path };
    });
}

function ribbon(source: Block, y1: number, target: Block, y2: number, thick: number): string {
  const forward = target.x > source.x;
  const [x1, x2] = forward ? [source.x + BLOCK, target.x] : [source.x, target.x + BLOCK];
  const middle = (x1 + x2) / 2;
  const n = (value: number) => Math.round(value * 10) / 10;
  return (
    `M${n(x1)},${n(y1)}C${n(middle)},${n(y1)} ${n(middle)},${n(y2)} ${n(x2)},${n(y2)}` +
    `L${n(x2)},${n(y2 + thick)}C${n(middle)},${n(y2 + thick)} ${n(middle)},${n(y1 + thick)} ${n(x1)},${n(y1 + thick)}Z`
  );
}

/** What the analysis `journeys` is asked for, to get the journeys of a block. */
export function conditionOf(block: Block, shown: readonly string[]): { at: string[]; not_at: string[] } {
  if (block.step === 0) return { at: [], not_at: [] };
  const not_at = block.kind === "other" ? [...shown, ""].map((name) => `${block.step}=${name}`) : [];
  return { at: block.kind === "other" ? [] : [`${block.step}=${block.name ?? ""}`], not_at };
}

/** Names that are told at a step. */
export const shownAt = (flow: Flow, step: number): string[] =>
  flow.places.flatMap((place) => (Number(place.step) === step && place.name !== null ? [place.name] : []));
