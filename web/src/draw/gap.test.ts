import { expect, it } from "vitest";
import { gapShape } from "./gap";

const time = { promise: 600, reality: 1200, gap: 600, gap_low: 500, gap_high: 800, unit: "seconds" };

it("puts reality beyond a promise that was missed, with its interval around it", () => {
  const shape = gapShape(time, 100);
  expect(shape.reality).toBeGreaterThan(shape.promise);
  expect(shape.interval?.[0]).toBeLessThan(shape.reality);
  expect(shape.interval?.[1]).toBeGreaterThan(shape.reality);
  expect(shape.interval?.[1]).toBeLessThanOrEqual(100);
  expect(
    gapShape({ ...time, reality: 1, gap: -599, gap_low: null, gap_high: null }, 100).reality,
  ).toBeCloseTo(8, 0);
});

it("does not blow a hundredth of a score up to the whole line", () => {
  const shape = gapShape(
    { promise: 4.2, reality: 4.23, gap: 0.03, gap_low: null, gap_high: null, unit: "csat" },
    100,
  );
  expect(shape.reality - shape.promise).toBeLessThan(5);
  expect(shape.interval).toBeNull();
});
