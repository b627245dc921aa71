import { expect, it } from "vitest";
import type { MapModel } from "../../map/model";
import { fates, summed } from "./maps";
import { compareColumns, indexed, pairOf } from "./model";

const difference = (differs: boolean, sure = differs) => ({
  where: "Stage / Place",
  measure: "drop_off_share",
  first: 0.3,
  second: 0.1,
  difference: 0.2,
  difference_low: differs ? 0.1 : -0.05,
  difference_high: 0.3,
  q: sure ? 0.001 : 0.3,
  differs: sure,
});

it("reads from the first group to the second, and colours only what really differs", () => {
  const pair = pairOf(indexed([difference(true)]), "Stage / Place", "drop_off_share", 0.3, 0.1);
  expect(pair).toMatchObject({ change: -0.2, low: -0.3, high: -0.1, differs: true, side: 1 });
  const unsure = pairOf(indexed([difference(false)]), "Stage / Place", "drop_off_share", 0.3, 0.1);
  expect(unsure).toMatchObject({ differs: false, side: 0 });
  // One interval of many that leaves zero out is no mark: the service judges them together.
  const byChance = pairOf(indexed([difference(true, false)]), "Stage / Place", "drop_off_share", 0.3, 0.1);
  expect(byChance).toMatchObject({ high: -0.1, differs: false, side: 0 });
});

it("does not call a number that only one group has a difference", () => {
  expect(pairOf(indexed([]), "Stage / Place", "emotion", null, 40)).toMatchObject({
    change: null,
    differs: false,
  });
  expect(pairOf(indexed([]), "Stage / Place", "emotion", null, null)).toBeNull();
});

const model = (stages: Record<string, Record<string, unknown>>): MapModel => {
  const names = Object.keys(stages);
  const columns = names.flatMap((stage, at) =>
    Object.entries(stages[stage] ?? {}).map(([name, expects]) => ({
      name,
      stage: at,
      empty: false,
      row: null,
      drawn: { touchpoint: name, expects },
    })),
  );
  return { columns, stages: names.map((name) => ({ name })) } as unknown as MapModel;
};

it("tells what a map to be adds, drops, moves and changes", () => {
  const now = model({ A: { one: { within: "1d" }, two: {} }, B: { three: {} } });
  const then = model({ A: { one: { within: "1h" }, new: {} }, B: { three: {} } });
  const all = fates(now, then);
  expect(all.map((one) => [one.name, one.fate, one.changed])).toEqual([
    ["one", "stays", true],
    ["two", "gone", false],
    ["new", "added", false],
    ["three", "stays", false],
  ]);
  expect(summed(all)).toMatchObject({ added: 1, gone: 1, changed: 1, same: 1 });
  const moved = fates(now, model({ A: { one: { within: "1d" } }, B: { two: {}, three: {} } }));
  expect(moved.find((one) => one.name === "two")).toMatchObject({ from: "A", stage: "B", changed: true });
});

it("leaves what disappears in the stage in which it stood", () => {
  const all = fates(model({ Old: { one: {} } }), model({ New: { two: {} } }));
  expect(all.map(({ name, fate, stage }) => [name, fate, stage])).toEqual([
    ["one", "gone", "Old"],
    ["two", "added", "New"],
  ]);
});

it("shows who went past a touchpoint that nothing is bound to", () => {
  const row = (touchpoint: string, share: number) => ({
    stage: "Apply",
    touchpoint,
    share,
    expectations: [],
  });
  const group = (journeys: number) => ({
    journeys,
    result: {
      stages: [{ stage: "Apply", journeys: journeys / 2, passed_on: 0 }],
      touchpoints: [row("Form", 0.5), row("Advert", 0)],
    },
  });
  const told = { groups: [group(100), group(40)], differences: [] };
  const columns = ["Form", "Advert"].map((name, index) => ({ name, index, stage: 0, empty: false }));
  const compared = compareColumns(
    columns as unknown as Parameters<typeof compareColumns>[0],
    told as unknown as Parameters<typeof compareColumns>[1],
  );
  expect(compared.map((one) => one.first?.share)).toEqual([0.5, 0]);
  expect(compared.map((one) => one.through)).toEqual(Array(2).fill({ first: 0.5, second: 0.5 }));
});
