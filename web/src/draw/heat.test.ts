import { describe, expect, it } from "vitest";
import { emotionTone, mouth, shareLevel, waitLevel } from "./heat";

describe("colour steps", () => {
  it.each([
    [-80, -2],
    [-30, -1],
    [-6, -1],
    [-5, 0],
    [4.9, 0],
    [5, 1],
    [30, 2],
  ])("emotion %d", (emotion, tone) => expect(emotionTone(emotion, 100)).toBe(tone));

  it("has no colour where too few were asked or nothing was measured", () => {
    expect(emotionTone(-80, 29)).toBeNull();
    expect(emotionTone(null, 100)).toBeNull();
    expect(shareLevel(0.5, 10)).toBeNull();
    expect(waitLevel(null, 100)).toBeNull();
  });

  it("steps at the thresholds that the legend prints", () => {
    expect([0, 0.01, 0.03, 0.1, 0.2].map((value) => shareLevel(value, 100))).toEqual([0, 1, 2, 3, 4]);
    expect([1, 600, 3600, 86400, 300000].map((value) => waitLevel(value, 100))).toEqual([0, 1, 2, 3, 4]);
  });

  it("smiles down the page and frowns up", () => {
    const bend = (path: string) =>
      Number(/Q0,(-?[\d.]+)/.exec(path)?.[1]) - Number(/M-?[\d.]+,(-?[\d.]+)/.exec(path)?.[1]);
    expect(bend(mouth(60, 10))).toBeGreaterThan(0);
    expect(bend(mouth(-60, 10))).toBeLessThan(0);
  });
});
