/** Everything on the map that can be looked for: touchpoints, stages, and each thing that the author wrote. */

import { lines, type MapModel, painsOf, processOf } from "./model";

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
  for (const stage of model.stages) {
    const place = stage.name ?? "";
    for (const text of stage.jobs) card(text, place, stage.start, "jobs");
    for (const text of stage.customerMetrics) card(text, place, stage.start, "customer_metrics");
    for (const text of stage.companyMetrics) card(text, place, stage.start, "company_metrics");
    for (const [key, texts] of Object.entries(stage.extra))
      for (const text of texts) card(text, place, stage.start, `stage:${key}`);
  }
  for (const column of model.columns) {
    const { best, worst } = column.drawn?.expects ?? {};
    for (const text of lines([best, worst])) card(text, column.name, column.index, "hopes");
    for (const { pain } of painsOf(column)) card(pain, column.name, column.index, "pains");
    const process = processOf(column);
    if (process)
      for (const text of [process.owner, process.department, ...process.systems])
        if (text) card(text, column.name, column.index, "processes");
    for (const [key, texts] of Object.entries(column.extra))
      for (const text of texts) card(text, column.name, column.index, `own:${key}`);
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
