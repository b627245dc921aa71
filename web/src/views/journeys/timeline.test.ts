import { expect, it } from "vitest";
import type { Happened, Journey } from "../../api";
import fixture from "../../fixtures/journey.json";
import { roomOf, timelineOf } from "./timeline";

const life = (fixture.result as unknown as Journey).journeys[0];
const first = life?.steps[0] as Happened;

const step = (patch: Partial<Happened>): Happened => ({
  ...first,
  ended_at: null,
  promised_at: null,
  ...patch,
});
const at = (minutes: number): string => new Date(Date.UTC(2026, 0, 1, 0, minutes)).toISOString();

function lived(steps: Happened[]) {
  if (!life) throw new Error("the fixture has a journey");
  return timelineOf({ ...life, steps }, 100);
}

it("loses no step and puts each in the lane of its actor", () => {
  const steps = [
    step({ time: at(0), actor: "customer" }),
    step({ time: at(1), actor: "employee" }),
    step({ time: at(2), actor: "system" }),
    step({ time: at(3), what: "feedback", actor: null }),
    step({ time: at(4), actor: null }),
  ];
  const told = lived(steps);
  expect(told.columns.map((column) => column.lane)).toEqual([
    "customer",
    "employee",
    "system",
    "words",
    "customer",
  ]);
  expect(told.lanes).toEqual(["customer", "employee", "system", "words"]);
  expect(life && timelineOf(life, 3).columns).toHaveLength(3);
});

it("makes stages stretches and tells how long each took", () => {
  const steps = [
    step({ time: at(0), stage: "A" }),
    step({ time: at(10), stage: null }),
    step({ time: at(20), stage: "B" }),
    step({ time: at(50), stage: "A" }),
  ];
  expect(lived(steps).stretches.map(({ stage, from, to, seconds }) => [stage, from, to, seconds])).toEqual([
    ["A", 0, 1, 1200],
    ["B", 2, 2, 1800],
    ["A", 3, 3, 0],
  ]);
  expect(lived([]).stretches).toEqual([]);
});

it("compares what was promised with what was done", () => {
  const steps = [
    step({ time: at(0), touchpoint: "X", promised_at: at(30) }),
    step({ time: at(10), touchpoint: "X" }),
    step({ time: at(45), touchpoint: "Y", promised_at: at(60), ended_at: at(50) }),
    step({ time: at(70), touchpoint: "Y", promised_at: at(80) }),
  ];
  expect(lived(steps).columns.map((column) => column.late_seconds)).toEqual([900, null, -600, null]);
});

it("presses time together: a month is seen, and takes no screen", () => {
  expect([roomOf(null), roomOf(0)]).toEqual([0, 0]);
  expect(roomOf(86_400)).toBeGreaterThan(roomOf(3600));
  expect(roomOf(30 * 86_400)).toBeLessThan(2 * roomOf(86_400));
});
