import { describe, expect, it } from "vitest";
import { flow, thickness, throughStages } from "./flow";

const BOX = { columnWidth: 100, height: 50, depth: 80 };

const points = (path: string) =>
  [...path.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map((match) => [Number(match[1]), Number(match[2])]);

describe("flow", () => {
  it("is as thick as its volume", () => {
    expect(thickness(100, 100, 50)).toBe(50);
    expect(thickness(50, 100, 50)).toBe(25);
    expect(thickness(0, 100, 50)).toBe(0);
    expect(thickness(1, 100_000, 50)).toBe(1.5);
  });

  it("spans all columns and reaches full height only at the busiest", () => {
    const { ribbon } = flow(
      [
        { journeys: 100, dropOff: 0 },
        { journeys: 40, dropOff: 0 },
      ],
      BOX,
    );
    const xs = points(ribbon).map(([x]) => x ?? 0);
    const ys = points(ribbon).map(([, y]) => y ?? 0);
    expect(Math.max(...xs)).toBe(200);
    expect(Math.max(...ys)).toBe(50);
    expect(ys).toContain(20);
  });

  it("leaks where journeys are lost, and only there", () => {
    const { leaks } = flow(
      [
        { journeys: 100, dropOff: 10 },
        { journeys: 90, dropOff: 0 },
      ],
      BOX,
    );
    expect(leaks.map((leak) => leak.column)).toEqual([0]);
    const ys = points(leaks[0]?.path ?? "").map(([, y]) => y ?? 0);
    expect(Math.max(...ys)).toBe(BOX.depth);
  });

  it("draws nothing where nobody went", () => {
    expect(flow([], BOX)).toEqual({ ribbon: "", leaks: [] });
    expect(flow([{ journeys: 0, dropOff: 0 }], BOX)).toEqual({ ribbon: "", leaks: [] });
  });
});

it("lets journeys through a stage that nothing is bound to", () => {
  const row = (journeys: number, passed_on: number) => ({ journeys, passed_on });
  expect(throughStages([null, row(100, 70), row(0, 0), null, row(70, 0), null])).toEqual([
    0, 100, 70, 70, 70, 0,
  ]);
});
