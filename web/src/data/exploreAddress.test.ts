import { expect, it } from "vitest";
import { names } from "./explore";
import {
  type Conditions,
  journeyLink,
  journeysLink,
  readConditions,
  writeConditions,
} from "./exploreAddress";

const NO_FILTERS = { segment: [], channel: [] };

it("conditions survive the way through the address bar, also with odd signs", () => {
  const conditions: Conditions = {
    by: "activity",
    source: "Анкета, 2 %",
    longer: 3600,
    shorter: 0,
    path: ["a,b", "c&d=e", "<b>f</b>"],
    at: ["2=", "1=x=y"],
    outcome: ["left"],
    collapse: true,
    stopped_after: 0,
  };
  const search = writeConditions(conditions).toString();
  expect(readConditions(new URLSearchParams(search))).toEqual(conditions);
});

it("leaves out what is not there or is no number", () => {
  expect(readConditions(new URLSearchParams("longer=abc&within=-1&made=&foo=1&starts="))).toEqual({});
  expect(writeConditions({ through: [], starts: "" }).toString()).toBe("");
});

it("links carry the filters along", () => {
  const filters = { ...NO_FILTERS, since: "2026-01-01", segment: ["region=Москва"] };
  const link = new URL(journeysLink(filters, { ends: "A" }), "http://x");
  expect([...link.searchParams]).toEqual([
    ["since", "2026-01-01"],
    ["segment", "region=Москва"],
    ["ends", "A"],
  ]);
  expect(journeyLink(NO_FILTERS, "a/b?c", "1")).toBe("/explore/journeys/a%2Fb%3Fc?case=1");
});

it("commas within names are no commas of a list", () => expect(names(["a,b"])).toEqual(["a\\,b"]));
