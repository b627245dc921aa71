// @vitest-environment jsdom
import { expect, it } from "vitest";
import { arranged, byAuthor, moved, stepped } from "./arrange";
import { proofOf, proofsOf, readEvidence } from "./evidence";
import { search } from "./find";
import type { StageColumn } from "./model";
import { sheetsOf } from "./PrintSheets";

const lanes = ["a", "b", "c", "d"].map((id) => ({ id }));
const ids = (found: { id: string }[]) => found.map((lane) => lane.id).join("");

it("leaves a lane that an order does not name behind the one that it usually follows", () => {
  expect(ids(arranged(lanes, ["c", "a"]))).toBe("cdab");
  expect(ids(byAuthor([{ id: "processes" }, { id: "own:ideas" }], { lanes: ["ideas", "process"] }))).toBe(
    "own:ideasprocesses",
  );
});

it("moves lanes over those that are hidden", () => {
  expect(moved(["a", "b", "c"], "c", "a", "before")).toEqual(["c", "a", "b"]);
  expect(moved(["a", "b", "c"], "a", "gone", "after")).toEqual(["a", "b", "c"]);
  expect(stepped(["a", "b", "c"], ["a", "c"], "c", -1)).toEqual(["c", "a", "b"]);
  expect(stepped(["a", "b", "c"], ["a", "c"], "a", -1)).toEqual(["a", "b", "c"]);
});

it("cuts the map for paper between stages, and within a stage only where it is too wide", () => {
  const stages = [
    [0, 5],
    [5, 6],
    [11, 4],
    [15, 20],
  ].map(([start, span]) => ({ start, span }) as StageColumn);
  const sheets = sheetsOf(stages, 14);
  expect(sheets).toEqual([
    [0, 11],
    [11, 15],
    [15, 29],
    [29, 35],
  ]);
});

it("takes what nobody stands for as a belief, and tells what is old", () => {
  const now = new Date("2026-11-22");
  expect(readEvidence({ source: "rumour" }, now)).toMatchObject({ source: "assumed", stale: false });
  expect(readEvidence({ source: "surveyed", n: 12, date: "2025-01-01" }, now)).toMatchObject({
    source: "surveyed",
    n: 12,
    stale: true,
  });
  expect(readEvidence({ source: "observed", date: "not a day" }, now).stale).toBe(false);
});

it("finds touchpoints before cards, by every word", () => {
  const one = (kind: "touchpoint" | "card", text: string) => ({
    kind,
    text,
    place: "",
    column: 0,
    lane: null,
  });
  const all = [
    one("card", "Form resets itself"),
    one("touchpoint", "Reset of the form"),
    one("card", "Other"),
  ];
  expect(search(all, "form RESET").map((found) => found.text)).toEqual([
    "Reset of the form",
    "Form resets itself",
  ]);
});

it("takes the service's word for what a cell stands on, and the document's where it has none", () => {
  const cell = { level: "touchpoint", target: "Visit", lane: "expects", source: "interviewed" } as const;
  const proofs = proofsOf({
    stale_days: 30,
    cells: [
      {
        ...cell,
        n: 3,
        date: "2026-01-02",
        note: null,
        stale: true,
        told_by: "research",
        notes: ["1", "2", "3"],
      },
    ],
  });
  const now = new Date("2026-02-10");
  const place = { name: "Visit", notes: { pains: { source: "observed", n: 12 } } };
  expect(proofOf(proofs, "touchpoint", place, "hopes", now)).toMatchObject({
    source: "interviewed",
    n: 3,
    stale: true,
  });
  expect(proofOf(proofs, "touchpoint", place, "pains", now)).toMatchObject({ source: "observed", n: 12 });
  expect(proofOf(proofs, "stage", { name: "Visit", notes: null }, "hopes", now).source).toBe("assumed");
  expect(proofOf(null, "touchpoint", place, "own:ideas", now).source).toBe("assumed");
});
