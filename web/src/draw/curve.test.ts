import { describe, expect, it } from "vitest";
import { bandPath, bridges, linear, linePath, monotoneSlopes, runs } from "./curve";

describe("monotone curve", () => {
  it("is flat at a turning point, so that no false peak is drawn", () => {
    const slopes = monotoneSlopes([
      { x: 0, y: 0 },
      { x: 1, y: 10 },
      { x: 2, y: 0 },
    ]);
    expect(slopes[1]).toBe(0);
  });

  it("keeps the slope of a straight line", () => {
    const slopes = monotoneSlopes([0, 1, 2, 3].map((x) => ({ x, y: 2 * x })));
    for (const slope of slopes) expect(slope).toBeCloseTo(2);
  });

  it("never leaves the range of its points", () => {
    const points = [5, 90, 88, 10, 11, 60].map((y, x) => ({ x: x * 100, y }));
    const numbers = [...linePath(points).matchAll(/,(-?[\d.]+)/g)].map((match) => Number(match[1]));
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(5);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(90);
  });

  it("draws nothing from nothing, and a point from one", () => {
    expect(linePath([])).toBe("");
    expect(linePath([{ x: 3, y: 4 }])).toBe("M3,4");
    expect(bandPath([])).toBe("");
  });

  it("closes the band", () => {
    const band = bandPath([
      { x: 0, y: 5, low: 8, high: 2 },
      { x: 10, y: 5, low: 9, high: 1 },
    ]);
    expect(band.startsWith("M0,2")).toBe(true);
    expect(band.endsWith("Z")).toBe(true);
    expect(band).toContain("L10,9");
  });
});

describe("gaps", () => {
  it("splits where a value is missing", () => {
    expect(runs([1, 2, null, null, 3])).toEqual([[1, 2], [3]]);
    expect(runs([null, null])).toEqual([]);
  });

  it("bridges from the last point of a run to the first of the next", () => {
    const found = [
      [
        { x: 0, y: 1 },
        { x: 1, y: 2 },
      ],
      [{ x: 5, y: 3 }],
    ];
    expect(bridges(found)).toEqual([{ from: { x: 1, y: 2 }, to: { x: 5, y: 3 } }]);
  });
});

it("maps a range, also a reversed one", () => {
  const y = linear([-100, 100], [200, 0]);
  expect(y(-100)).toBe(200);
  expect(y(0)).toBe(100);
  expect(y(100)).toBe(0);
});
