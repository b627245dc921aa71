/** Order of lanes: the one asked for, with lanes that it does not name left where they usually stand. */

import { namesAt } from "./document";

export function arranged<T extends { id: string }>(lanes: readonly T[], order: readonly string[]): T[] {
  const known = new Map(lanes.map((lane) => [lane.id, lane]));
  const named = [...new Set(order)].flatMap((id) => known.get(id) ?? []);
  const result = [...named];
  lanes.forEach((lane, place) => {
    if (result.includes(lane)) return;
    // After the nearest lane that usually stands before it.
    const before = lanes
      .slice(0, place)
      .reverse()
      .find((other) => result.includes(other));
    result.splice(before ? result.indexOf(before) + 1 : 0, 0, lane);
  });
  return result;
}

/** The order after a lane was put before or after another one. */
export function moved(
  order: readonly string[],
  lane: string,
  to: string,
  side: "before" | "after",
): string[] {
  if (lane === to || !order.includes(lane)) return [...order];
  const rest = order.filter((id) => id !== lane);
  const at = rest.indexOf(to);
  if (at === -1) return [...order];
  rest.splice(side === "after" ? at + 1 : at, 0, lane);
  return rest;
}

/** The order after a lane changed places with its neighbour among those that are shown. */
export function stepped(
  order: readonly string[],
  shown: readonly string[],
  lane: string,
  by: -1 | 1,
): string[] {
  const neighbour = shown[shown.indexOf(lane) + by];
  return neighbour === undefined ? [...order] : moved(order, lane, neighbour, by === 1 ? "after" : "before");
}

const KEYS: Record<string, string> = { processes: "process", hopes: "expects", promised: "expects" };

/** The key of the document that a lane shows. */
export const laneKey = (id: string): string => KEYS[id] ?? id.replace(/^(own|stage):/, "");

/** Lanes as the author arranged them: the document tells keys, not lanes of the page. */
export function byAuthor<T extends { id: string }>(lanes: readonly T[], document: unknown): T[] {
  const ids = (key: string) => lanes.filter((lane) => laneKey(lane.id) === key).map((lane) => lane.id);
  return arranged(lanes, namesAt(document, "lanes").flatMap(ids));
}
