import { expect, it } from "vitest";
import { placeOf } from "./bars";

const bars = [
  { from_seconds: 0, to_seconds: 60, steps: 3, journeys: 3 },
  { from_seconds: 60, to_seconds: 240, steps: 1, journeys: 1 },
  { from_seconds: 240, to_seconds: null, steps: 1, journeys: 1 },
];

it("puts a mark into the bar that holds its time", () => {
  expect(placeOf(30, bars)).toBe(0.5);
  expect(placeOf(120, bars)).toBeCloseTo(1.5);
  expect(placeOf(240, bars)).toBe(2);
  expect(placeOf(9999, bars)).toBe(2.5);
  expect(placeOf(0, bars)).toBeNull();
  expect(placeOf(5, [])).toBeNull();
});
