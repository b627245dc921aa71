import { expect, it } from "vitest";
import type { Happened, Journey } from "../../api";
import fixture from "../../fixtures/journey.json";
import { bandsOf, failed } from "./bands";

const journey = fixture.result as unknown as Journey;
const steps = journey.journeys[0]?.steps ?? [];

it("groups steps by stage and loses none", () => {
  const bands = bandsOf(steps);
  expect(bands.flatMap((band) => band.steps.map(({ index }) => index))).toEqual(steps.map((_, i) => i));
  expect(bands.slice(0, 4).map((band) => band.stage)).toEqual([
    "Выбор банка",
    "Заявка",
    "Документы",
    "Проверка",
  ]);
  expect(bands[0]?.seconds).toBe(176_514);
});

it("keeps what is off the map and what is said in the stage where it happened", () => {
  const step = (stage: string | null, what = "event"): Happened => ({
    ...(steps[0] as Happened),
    stage,
    what,
  });
  const bands = bandsOf([step(null), step("A"), step(null), step("B", "feedback"), step("B"), step("A")]);
  expect(bands.map((band) => [band.stage, band.steps.length])).toEqual([
    [null, 1],
    ["A", 3],
    ["B", 1],
    ["A", 1],
  ]);
  expect(bandsOf([])).toEqual([]);
});

it("takes for a failure what the service says, whatever the word", () => {
  const one = steps[0] as Happened;
  expect(
    [{ status: "ошибка", failed: true }, {}, { status: "вручную" }].map((step) =>
      failed({ ...one, ...step }),
    ),
  ).toEqual([true, false, false]);
});
