import { expect, it } from "vitest";
import { activeIn, cohortFilters, laterDay, returnLevel } from "./cohort";

it("counts days, weeks and months of the calendar", () => {
  expect(laterDay("2026-02-28", "day", 1)).toBe("2026-03-01");
  expect(laterDay("2026-12-28", "week", 1)).toBe("2027-01-04");
  expect(laterDay("2026-11-01", "month", 3)).toBe("2027-02-01");
  expect(laterDay("2026-03-01", "day", -1)).toBe("2026-02-28");
});

it("keeps a cohort within what the filters keep", () => {
  const all = { segment: ["a=b"], channel: [] };
  expect(cohortFilters(all, "2026-02-01", "month")).toEqual({
    ...all,
    since: "2026-02-01",
    until: "2026-02-28",
    unit: "customer",
  });
  const cut = { ...all, since: "2026-02-10", until: "2026-02-20" };
  expect(cohortFilters(cut, "2026-02-01", "month")).toMatchObject({
    since: "2026-02-10",
    until: "2026-02-20",
  });
});

it("names the days of a later period", () =>
  expect(activeIn("2026-01-05", "week", 2)).toEqual({
    active_since: "2026-01-19",
    active_until: "2026-01-25",
  }));

it("knows nothing from little", () =>
  expect([returnLevel(null), returnLevel(0), returnLevel(0.5)]).toEqual([null, 0, 4]));
