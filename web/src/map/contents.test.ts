import { describe, expect, it } from "vitest";
import { lines, moodIn, saidIn, secondsIn, textsIn } from "./contents";

describe("what authors really write", () => {
  it("is read as lines, whatever its shape", () => {
    expect(lines(["a", 2, { b: ["c", "d"], e: null }])).toEqual(["a", "2", "b: c, d"]);
    expect(lines(null)).toEqual([]);
    expect(saidIn("free", { b: 1 })).toEqual([{ text: "b: 1" }]);
  });

  it("keeps the kind of a pain, the source of an influence, and the numbers of a metric", () => {
    expect(saidIn("pains", [{ pain: "дорого", kind: "finance" }, "долго", ""])).toEqual([
      { text: "дорого", part: "finance" },
      { text: "долго" },
    ]);
    expect(saidIn("influences", [{ influence: "отзывы", from: "opinions" }])).toEqual([
      { text: "отзывы", part: "opinions" },
    ]);
    expect(saidIn("metrics", [{ metric: "NPS", now: 0, target: 40, unit: "п." }, "CSI"])).toEqual([
      { text: "NPS", now: "0", target: "40", unit: "п." },
      { text: "CSI" },
    ]);
  });

  it("names the parts of a mapping, and takes a plain text where a mapping is usual", () => {
    expect(saidIn("process", { owner: "Иванов", systems: ["CRM", "OCR"], decides: "" })).toEqual([
      { part: "owner", text: "Иванов" },
      { part: "systems", text: "CRM, OCR" },
    ]);
    expect(saidIn("research", "спросили мало")).toEqual([{ text: "спросили мало" }]);
    expect(saidIn("pains", "одна")).toEqual([{ text: "одна" }]);
    expect(saidIn("metrics", { name: "x" })).toEqual([{ text: "name: x" }]);
  });

  it("is searched by its words alone", () => {
    expect(
      textsIn([
        { pain: "дорого", kind: "finance" },
        { metric: "NPS", now: 1 },
      ]),
    ).toEqual(["дорого", "NPS"]);
    expect(textsIn({ owner: "Иванов", systems: ["CRM"] })).toEqual(["Иванов", "CRM"]);
  });

  it("tells times and moods from other words", () => {
    expect([secondsIn("10m"), secondsIn("1,5 h"), secondsIn("90"), secondsIn("скоро")]).toEqual([
      600,
      5400,
      90,
      null,
    ]);
    expect([moodIn(2), moodIn(3), moodIn("1")]).toEqual([2, null, null]);
  });
});
