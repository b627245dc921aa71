import { describe, expect, it } from "vitest";
import { apply, applyAll } from "./apply";
import { freeName, same } from "./document";
import { rowHeight } from "./heights";
import { inverse, withInverse } from "./inverse";
import { type LaneKind, layoutOf, mapRows } from "./lanes";
import { changeNow, renamesBetween } from "./rebase";
import type { Change, MapDocument } from "./types";
import {
  durationOf,
  listOf,
  metricsOf,
  readNumber,
  writeDuration,
  writeMetrics,
  writeProcess,
} from "./values";

const MAP: MapDocument = {
  map: "Credit",
  goal: ["Money"],
  stages: [
    {
      stage: "Apply",
      jobs: ["Get it quickly"],
      touchpoints: [
        { touchpoint: "Form", expects: { best: "at once", within: "10m" }, weather: ["rain"] },
        { touchpoint: "Send", emotion: -1 },
      ],
    },
    { stage: "Get", touchpoints: [{ touchpoint: "Money" }] },
    { stage: "Later" },
  ],
};

const CHANGES: Change[] = [
  { op: "set", on: { touchpoint: "Form" }, path: ["expects", "within"], value: "1h", was: "10m" },
  { op: "set", on: { touchpoint: "Form" }, path: ["expects", "score"], value: 4, was: null },
  { op: "set", on: { touchpoint: "Send" }, path: ["expects", "best"], value: "soon", was: null },
  { op: "set", on: { map: true }, path: ["kind"], value: "cx", was: null },
  { op: "rename", on: { touchpoint: "Money" }, to: "Cash" },
  { op: "rename", on: { stage: "Apply" }, to: "Application" },
  { op: "add", on: { stage: "Ask" }, after: null, document: { stage: "Ask" } },
  { op: "add", on: { touchpoint: "Wait" }, stage: "Later", after: "gone", document: { touchpoint: "Wait" } },
  { op: "move", on: { touchpoint: "Form" }, stage: "Get", after: "Money" },
  { op: "move", on: { stage: "Later" }, after: "Apply" },
  { op: "remove", on: { touchpoint: "Money" } },
  { op: "remove", on: { stage: "Get" } },
];

describe("changes", () => {
  it.each(CHANGES.map((change) => [change.op, change] as const))("%s can be taken back", (_, change) => {
    const applied = apply(MAP, change);
    if (!("document" in applied)) throw new Error("not applied");
    expect(same(applied.document, MAP)).toBe(false);
    expect(applyAll(applied.document, inverse(MAP, change))).toEqual({ document: MAP, conflicts: [] });
  });

  it("are taken back together in the order in which it works", () => {
    const { document, back, done } = withInverse(MAP, CHANGES.slice(0, 5));
    expect(done).toHaveLength(5);
    expect(document.goal).toEqual(["Cash"]);
    expect(applyAll(document, back).document).toEqual(MAP);
  });

  it("say why they cannot be made", () => {
    const reasons = (
      [
        { op: "set", on: { touchpoint: "Form" }, path: ["expects", "within"], value: "2h", was: "5m" },
        { op: "set", on: { touchpoint: "Nowhere" }, path: ["a"], value: "b", was: null },
        { op: "rename", on: { touchpoint: "Form" }, to: "Send" },
        { op: "add", on: { touchpoint: "Money" }, stage: "Apply", after: null, document: {} },
        { op: "move", on: { touchpoint: "Form" }, stage: "Nowhere", after: null },
      ] satisfies Change[]
    ).map((change) => {
      const applied = apply(MAP, change);
      return "conflict" in applied ? applied.conflict.reason : "applied";
    });
    expect(reasons).toEqual(["changed", "gone", "taken", "taken", "gone"]);
  });

  it("leave what they do not touch as it is, so that only one cell is drawn anew", () => {
    const applied = apply(MAP, CHANGES[0] as Change);
    if (!("document" in applied)) throw new Error("not applied");
    expect(applied.document.stages[1]).toBe(MAP.stages[1]);
    expect(applied.document.stages[0]?.touchpoints?.[1]).toBe(MAP.stages[0]?.touchpoints?.[1]);
  });

  it("follow names that others have changed", () => {
    const renamed = applyAll(MAP, [
      { op: "rename", on: { touchpoint: "Form" }, to: "Questionnaire" },
      { op: "rename", on: { stage: "Later" }, to: "Afterwards" },
    ]).document;
    const change: Change = { op: "move", on: { touchpoint: "Send" }, stage: "Later", after: "Form" };
    expect(changeNow(change, renamesBetween(MAP, renamed))).toEqual({
      op: "move",
      on: { touchpoint: "Send" },
      stage: "Afterwards",
      after: "Questionnaire",
    });
  });
});

const lane = (key: string, level: LaneKind["level"], content: string, kinds = ["journey"]): LaneKind => ({
  key,
  level,
  content,
  parts: [],
  title: { ru: key, en: key },
  hint: { ru: "", en: "" },
  kinds,
});
const LANES = [
  lane("jobs", "both", "list"),
  lane("actions", "touchpoint", "list"),
  lane("emotion", "touchpoint", "emotion"),
  lane("ideas", "touchpoint", "list", ["target_path"]),
];

describe("rows and columns", () => {
  it("are those of the kind, those written, and the author's own", () =>
    expect(mapRows(MAP, LANES, new Set()).map((row) => row.id)).toEqual([
      "touchpoint:when",
      "stage:jobs",
      "touchpoint:actions",
      "touchpoint:emotion",
      "touchpoint:expects",
      "touchpoint:weather",
    ]));

  it("stand as the author arranged them, without those hidden", () => {
    const arranged = { ...MAP, lanes: ["weather", "emotion"], hidden_lanes: ["actions", "expects", "when"] };
    expect(mapRows(arranged, LANES, new Set(["touchpoint:ideas"])).map((row) => row.key)).toEqual([
      "jobs",
      "weather",
      "emotion",
      "ideas",
    ]);
  });

  it("give a stage without touchpoints a column of its own", () => {
    const { columns, stages } = layoutOf(MAP);
    expect(columns.map((column) => column.touchpoint)).toEqual(["Form", "Send", "Money", null]);
    expect(stages.map(({ start, span }) => [start, span])).toEqual([
      [0, 2],
      [2, 1],
      [3, 1],
    ]);
  });

  it("grow with what is written, within limits", () => {
    const [, jobs] = mapRows(MAP, LANES, new Set());
    if (!jobs) throw new Error("no row");
    const long = {
      ...MAP,
      stages: [{ stage: "A", jobs: [Array(100).fill("word").join(" ")], touchpoints: [] }],
    };
    const endless = { ...MAP, stages: [{ stage: "A", jobs: Array(90).fill("word"), touchpoints: [] }] };
    expect(rowHeight(MAP, jobs, 200)).toBeLessThan(rowHeight(long, jobs, 200));
    expect(rowHeight(endless, jobs, 200)).toBe(264);
    // The title of a lane is not cut, be the cells empty.
    const head = (title: string) => rowHeight(MAP, { ...jobs, key: "nothing" }, 200, undefined, title);
    expect(head("Jobs")).toBe(62);
    expect(head("Barriers in the eyes of customers and employees")).toBeGreaterThanOrEqual(80);
  });
});

describe("values", () => {
  it("read what people type", () => {
    expect([
      readNumber("4,5"),
      readNumber("−1"),
      readNumber("1 000"),
      readNumber("4a"),
      readNumber(""),
    ]).toEqual([4.5, -1, 1000, null, null]);
    expect(durationOf("1.5h")).toEqual({ number: "1.5", unit: "h" });
    expect(durationOf(600)).toEqual({ number: "10", unit: "m" });
    expect(durationOf("soon")).toBeNull();
    expect([writeDuration("1,5", "h"), writeDuration("0", "h"), writeDuration("x", "d")]).toEqual([
      "1.5h",
      null,
      null,
    ]);
  });

  it("keep what the editor does not know", () => {
    expect(listOf({ a: ["b", 1] })).toEqual(["a: b\n1"]);
    expect(
      writeProcess({ owner: "IT", department: "", systems: [], decides: "" }, { since: "2020" }),
    ).toEqual({
      since: "2020",
      owner: "IT",
    });
    const metrics = ["Rate", { metric: "Time", now: 4, target: "2h" }];
    expect(writeMetrics(metricsOf(metrics))).toEqual(metrics);
  });

  it("give a free name", () => expect(freeName("Call", ["Call", "Call 2"])).toBe("Call 3"));
});
