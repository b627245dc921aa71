import { expect, it } from "vitest";
import { type LaneKind, layoutOf, mapRows, type Row } from "../model/lanes";
import type { MapDocument } from "../model/types";
import { boxOf, cellsIn, copyCells, extended, pasteCells } from "./range";
import { readTable, writeTable } from "./table";

const lane = (key: string, content: string, level: LaneKind["level"] = "touchpoint"): LaneKind => ({
  key,
  content,
  level,
  parts: [],
  title: { ru: key, en: key },
  hint: { ru: "", en: "" },
  kinds: ["journey"],
});
const MAP: MapDocument = {
  map: "Credit",
  stages: [
    {
      stage: "Apply",
      goals: ["Quickly"],
      touchpoints: [
        { touchpoint: "Form", pains: [{ pain: "resets", kind: "product" }] },
        { touchpoint: "Send" },
      ],
    },
    { stage: "Get", touchpoints: [{ touchpoint: "Money" }] },
  ],
};
const rows: Row[] = mapRows(
  MAP,
  [lane("goals", "list", "stage"), lane("pains", "pains"), lane("actions", "list")],
  new Set(),
).slice(1);
const layout = layoutOf(MAP);
const id = (key: string) => rows.find((row) => row.key === key)?.id ?? "";

it("what is chosen is a rectangle, and moving on lets go of it", () => {
  const active = { row: id("pains"), column: 0 };
  const wider = extended({ active, range: null }, { row: id("actions"), column: 1 }, rows);
  expect(wider && boxOf(wider, layout, rows)).toEqual({ top: 1, bottom: 2, left: 0, right: 1 });
  expect(wider && boxOf({ ...wider, active: { ...wider.active } }, layout, rows)).toBeNull();
  expect(extended({ active, range: null }, { row: "#touchpoints", column: 0 }, rows)).toBeNull();
});

it("a cell of a stage is taken whole and once", () => {
  const cells = cellsIn({ top: 0, bottom: 1, left: 0, right: 2 }, layout, rows);
  expect(cells.map(({ on }) => on)).toEqual([
    { stage: "Apply" },
    { stage: "Get" },
    { touchpoint: "Form" },
    { touchpoint: "Send" },
    { touchpoint: "Money" },
  ]);
});

it("copied cells become what the other lane keeps, and stop at the edge of the map", () => {
  const clip = copyCells(MAP, { top: 1, bottom: 1, left: 0, right: 1 }, layout, rows);
  expect(clip.kind === "cells" && pasteCells(MAP, clip, { top: 2, left: 2 }, layout, rows)).toEqual([
    { op: "set", on: { touchpoint: "Money" }, path: ["actions"], value: ["resets"], was: null },
  ]);
});

it("a table goes to a spreadsheet and comes back", () => {
  const cells = [
    ["one\ntwo", 'says "no"'],
    ["", "a\tb"],
  ];
  expect(readTable(writeTable(cells))).toEqual(cells);
  expect(readTable("a\tb\r\nc\td\r\n")).toEqual([
    ["a", "b"],
    ["c", "d"],
  ]);
  expect(readTable("a line\nand another")).toBeNull();
});
