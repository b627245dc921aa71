import { describe, expect, it } from "vitest";
import type { LivingMap } from "../api";
import fixture from "../fixtures/living-map.json";
import bare from "../fixtures/living-map-no-map.json";
import { buildModel, MOST_ACTIVITIES, promisesOf } from "./model";

const answer = fixture as unknown as LivingMap;
const withoutMap = bare as unknown as LivingMap;

const copy = (): LivingMap => structuredClone(answer);

describe("model of a drawn map", () => {
  it("keeps the author's order of stages and touchpoints, with the measured rows beside them", () => {
    const model = buildModel(answer);
    expect(model.stages.map((stage) => [stage.name, stage.span])).toEqual([
      ["Выбор", 3],
      ["Заявка", 2],
      ["Документы", 3],
      ["Решение", 2],
      ["Договор", 3],
      ["Выдача", 2],
      ["Жизнь с кредитом", 2],
    ]);
    expect(model.columns).toHaveLength(17);
    expect(model.columns.every((column) => column.row?.touchpoint === column.name)).toBe(true);
    expect(model.columns.filter((column) => column.firstOfStage).map((column) => column.index)).toEqual([
      0, 3, 5, 8, 10, 13, 15,
    ]);
  });

  it("shows only lanes that have something to say, and the author's own keys last", () => {
    const lanes = buildModel(answer).lanes.map((lane) => lane.id);
    expect(lanes.slice(0, 4)).toEqual(["journeys", "emotion", "hopes", "promised"]);
    expect(lanes.at(-1)).toBe("own:ideas");
    const silent = copy();
    for (const row of silent.touchpoints.touchpoints)
      Object.assign(row, { emotion: null, emotion_n: 0, expectations: [] });
    const quiet = buildModel(silent).lanes.map((lane) => lane.id);
    expect(quiet).not.toContain("emotion");
    expect(quiet).toContain("promised");
    expect(quiet).not.toContain("reality");
    expect(quiet).toContain("hopes");
  });

  it("draws a touchpoint that the filters left without journeys", () => {
    const less = copy();
    less.touchpoints.touchpoints = less.touchpoints.touchpoints.slice(1);
    const model = buildModel(less);
    expect(model.columns[0]?.name).toBe("Визит на сайт");
    expect(model.columns[0]?.row).toBeNull();
  });

  it("keeps the place of a stage without touchpoints, and a map without any is no map", () => {
    const odd = copy();
    (odd.map as { stages: unknown[] }).stages.splice(1, 0, { stage: "Пусто" });
    const model = buildModel(odd);
    expect(model.stages.map((stage) => [stage.name, stage.start, stage.span]).slice(1, 3)).toEqual([
      ["Пусто", 3, 1],
      ["Заявка", 4, 2],
    ]);
    expect(model.columns[3]).toMatchObject({ empty: true, row: null, firstOfStage: true });
    expect(buildModel({ ...odd, map: { map: "x", stages: [] } }).hasMap).toBe(false);
  });

  it("calls the curve measured only where somebody was heard", () => {
    const curve = (told: LivingMap) => buildModel(told).lanes.find((lane) => lane.id === "emotion");
    expect(curve(answer)?.measured).toBe(true);
    const unheard = copy();
    unheard.touchpoints = { ...unheard.touchpoints, touchpoints: [], stages: [] };
    const [stage] = (unheard.map?.stages ?? []) as { touchpoints: Record<string, unknown>[] }[];
    Object.assign(stage?.touchpoints[0] ?? {}, { emotion: -1 });
    expect(curve(unheard)?.measured).toBe(false);
  });

  it("draws what authors write in lanes of the registry's order, keys of their own last", () => {
    const told = copy();
    const stages = (told.map as { stages: { touchpoints: Record<string, unknown>[] }[] }).stages;
    Object.assign(stages[0] ?? {}, { research: { decides: "по отзывам" }, thoughts: ["а надо ли?"] });
    Object.assign(stages[0]?.touchpoints[0] ?? {}, { actions: ["сравнивает"], jobs: ["понять"], своё: "да" });
    const order = ["jobs", "actions", "thoughts", "pains", "process", "ideas", "research"];
    const lanes = buildModel(told, order).lanes.filter((lane) => lane.key);
    expect(lanes.map((lane) => lane.id)).toEqual([
      "jobs",
      "own:jobs",
      "own:actions",
      "stage:thoughts",
      "pains",
      "processes",
      "own:ideas",
      "stage:research",
      "customer_metrics",
      "company_metrics",
      "own:своё",
    ]);
    expect(lanes.filter((lane) => lane.twin).map((lane) => lane.id)).toEqual(["jobs"]);
  });

  it("shows a promise that no journey has met, and hides the lanes that the author hides", () => {
    const alone = copy();
    alone.touchpoints.touchpoints = [];
    const lanes = buildModel(alone).lanes.map((lane) => lane.id);
    expect(lanes).toContain("promised");
    expect(lanes).not.toContain("reality");
    const column = buildModel(alone).columns.find((found) => promisesOf(found).length > 0);
    expect(column && promisesOf(column)[0]?.key).toBe("within");
    Object.assign(alone.map ?? {}, { hidden_lanes: ["expects", "process"] });
    expect(buildModel(alone).hiddenLanes).toEqual(["hopes", "promised", "processes"]);
  });
});

describe("model without a map", () => {
  it("draws the most frequent activities in their usual order and counts the rest", () => {
    const model = buildModel(withoutMap);
    expect(model.hasMap).toBe(false);
    expect(model.columns).toHaveLength(MOST_ACTIVITIES);
    expect(model.hidden).toBe(withoutMap.touchpoints.touchpoints.length - MOST_ACTIVITIES);
    const order = withoutMap.touchpoints.touchpoints.map((row) => row.touchpoint);
    const places = model.columns.map((column) => order.indexOf(column.name));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    const least = Math.min(...model.columns.map((column) => column.row?.journeys ?? 0));
    const left = withoutMap.touchpoints.touchpoints.filter(
      (row) => !model.columns.some((column) => column.row === row),
    );
    expect(Math.max(...left.map((row) => row.journeys))).toBeLessThanOrEqual(least);
  });
});
