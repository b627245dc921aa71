/** Everything on the map that can be looked for: touchpoints, stages, and each thing that the author wrote. */

import { textsIn } from "./contents";
import { hopesOf, type MapModel, stageLane, touchpointLane } from "./model";

export interface Found {
  kind: "touchpoint" | "stage" | "card";
  text: string;
  /** Where it stands: its stage, or its touchpoint. */
  place: string;
  column: number;
  lane: string | null;
}

export function entries(model: MapModel): Found[] {
  const found: Found[] = [];
  const card = (text: string, place: string, column: number, lane: string) =>
    found.push({ kind: "card", text, place, column, lane });
  for (const stage of model.stages) {
    if (stage.name !== null)
      found.push({ kind: "stage", text: stage.name, place: "", column: stage.start, lane: null });
  }
  for (const column of model.columns) {
    if (column.empty) continue;
    const stage = model.stages[column.stage]?.name ?? "";
    found.push({ kind: "touchpoint", text: column.name, place: stage, column: column.index, lane: null });
  }
  for (const stage of model.stages)
    for (const key of stage.written)
      for (const text of textsIn(stage.drawn?.[key]))
        card(text, stage.name ?? "", stage.start, stageLane(key));
  for (const column of model.columns) {
    for (const text of textsIn(hopesOf(column))) card(text, column.name, column.index, "hopes");
    for (const key of column.written)
      for (const text of textsIn(column.drawn?.[key]))
        card(text, column.name, column.index, touchpointLane(key));
  }
  return found;
}

/** Those that hold every word, whole beginnings first; touchpoints before stages before cards. */
export function search(all: readonly Found[], asked: string, most = 30): Found[] {
  const words = asked.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return all.filter((one) => one.kind !== "card").slice(0, most);
  const rank = { touchpoint: 0, stage: 1, card: 2 };
  const begins = (one: Found) => (one.text.toLocaleLowerCase().startsWith(words[0] ?? "") ? 0 : 1);
  return all
    .filter((one) => {
      const text = one.text.toLocaleLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => rank[a.kind] - rank[b.kind] || begins(a) - begins(b) || a.column - b.column)
    .slice(0, most);
}
