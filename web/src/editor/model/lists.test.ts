import { describe, expect, it } from "vitest";
import { apply, applyAll } from "./apply";
import { withInverse } from "./inverse";
import { mergedLists } from "./lists";
import cases from "./lists.cases.json";
import type { MapDocument, Plain, SetChange } from "./types";

describe("lists changed by two", () => {
  it.each(cases.map((it) => [it.why, it] as const))("%s", (_, { was, mine, theirs, merged }) =>
    expect(mergedLists(was as Plain, mine as Plain, theirs as Plain)).toEqual(merged),
  );
});

const mapWith = (jobs: string[]): MapDocument => ({
  map: "Shop",
  stages: [{ stage: "Buy", touchpoints: [{ touchpoint: "Pay", ...(jobs.length ? { jobs } : {}) }] }],
});
const change = (value: string[] | null, was: string[] | null): SetChange => ({
  op: "set",
  on: { touchpoint: "Pay" },
  path: ["jobs"],
  value,
  was,
});

describe("a cell that is a list", () => {
  it("takes the items of both, and gives back only those of the one who takes them back", () => {
    const { document, done, back, conflicts } = withInverse(mapWith(["a", "t"]), [change(["a", "m"], ["a"])]);
    expect(conflicts).toEqual([]);
    expect(document).toEqual(mapWith(["a", "t", "m"]));
    expect(done).toEqual([change(["a", "t", "m"], ["a", "t"])]);
    expect(applyAll(document, back).document).toEqual(mapWith(["a", "t"]));
    expect(applyAll(mapWith(["a", "t", "m", "later"]), back).document).toEqual(mapWith(["a", "t", "later"]));
  });

  it("goes where nothing is left of it", () =>
    expect(applyAll(mapWith(["a"]), [change(["b"], ["a", "b"])]).document).toEqual(mapWith([])));

  it("is a question where both changed one item", () =>
    expect(apply(mapWith(["t"]), change(["m"], ["a"]))).toMatchObject({
      conflict: { reason: "changed", current: ["t"] },
    }));
});
