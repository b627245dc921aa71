import { describe, expect, it } from "vitest";
import { effectDomain, effectShape, ticks } from "./effect";
import { money, moneyInterval, points, pointsInterval, probability } from "./format";
import { dayPlace, weekMarks } from "./weeks";

describe("effect", () => {
  const one = { effect: -0.1, low: -0.14, high: -0.06 };

  it("stands on the side that it is on, with the margin around zero", () => {
    const domain = effectDomain([one, null], 0.01);
    const shape = effectShape(one, 0.01, domain, 200);
    expect(shape.interval?.[0]).toBeLessThan(shape.point);
    expect(shape.interval?.[1]).toBeLessThan(shape.margin[0]);
    expect(shape.margin[0]).toBeLessThan(shape.zero);
    expect(shape.margin[1]).toBeLessThan(200);
    expect([shape.openLeft, shape.openRight]).toEqual([false, false]);
  });

  it("cuts off what no share can change by, and says so", () => {
    const vague = { effect: -0.2, low: -1.4, high: 1.1 };
    const domain = effectDomain([one, vague], 0.01);
    expect(domain).toEqual([-1, 1]);
    const shape = effectShape(vague, 0.01, domain, 100);
    expect(shape.interval).toEqual([0, 100]);
    expect([shape.openLeft, shape.openRight]).toEqual([true, true]);
  });

  it("has no interval where there is none", () => {
    const bare = { effect: 0.01, low: null, high: null };
    expect(effectShape(bare, 0.01, effectDomain([bare], 0.01), 100).interval).toBeNull();
  });
});

describe("ticks", () => {
  it("are round and enclose the range", () => {
    expect(ticks(0, 0.37)).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
    expect(ticks(0, 10)).toEqual([0, 2.5, 5, 7.5, 10]);
    expect(ticks(-0.15, 0.03)).toEqual([-0.15, -0.1, -0.05, 0, 0.05]);
  });

  it("do not hang on nothing", () => {
    expect(ticks(0, 0)).toEqual([0]);
    expect(ticks(0, Number.POSITIVE_INFINITY)).toEqual([0]);
  });
});

describe("weeks", () => {
  const weeks = [
    { week: "2026-01-05", reached: 100, exposed: 10 },
    { week: "2026-01-12", reached: 50, exposed: 25 },
    { week: "2026-01-19", reached: 0, exposed: 0 },
  ];
  const scale = { weeks, width: 210, shareHeight: 100, barHeight: 40, mostShare: 0.5 };

  it("draws shares, and nothing where nobody came", () => {
    const marks = weekMarks(scale);
    expect(marks.map((mark) => mark.y)).toEqual([80, 0, null]);
    expect(marks.map((mark) => Math.round(mark.x))).toEqual([35, 105, 175]);
    expect(marks.map((mark) => mark.bar.height)).toEqual([40, 20, 0]);
    expect(marks[2]?.few).toBe(true);
    expect(weekMarks({ ...scale, weeks: [] })).toEqual([]);
  });

  it("places a day, and none outside", () => {
    expect(dayPlace("2026-01-12", scale)).toBeCloseTo(70);
    expect(dayPlace("2025-01-12", scale)).toBeNull();
    expect(dayPlace(null, scale)).toBeNull();
    expect(dayPlace("someday", scale)).toBeNull();
  });
});

describe("numbers of findings", () => {
  const plain = (text: string | null) => text?.replace(/[\u00a0\u202f]/g, " ");

  it("writes points with a sign and their unit", () => {
    expect(plain(points(-0.1342, "ru"))).toBe("−13,4 п. п.");
    expect(plain(points(0.0004, "en"))).toBe("+0.04 pp");
    expect(plain(pointsInterval(-0.155, -0.113, "en"))).toBe("−15.5 … −11.3");
    expect(pointsInterval(null, 0.1, "en")).toBeNull();
  });

  it("writes money once with its currency, also one that nobody knows", () => {
    expect(plain(money(517_300, "RUB", "ru"))).toBe("517 тыс. ₽");
    expect(plain(money(517_300, "RUB", "en"))).toBe("₽517k");
    expect(plain(money(12, "", "en"))).toBe("12");
    expect(plain(money(12, "coins", "en"))).toBe("12 coins");
    expect(money(null, "RUB", "ru")).toBe("–");
    expect(plain(moneyInterval(434_000, 599_000, "EUR", "en"))).toBe("€434k … 599k");
    expect(plain(moneyInterval(434_000, 599_000, "EUR", "ru"))).toBe("434 тыс. … 599 тыс. €");
  });

  it("writes small probabilities as papers do", () => {
    expect(plain(probability(3e-9, "en"))).toBe("< 0.001");
    expect(plain(probability(0.0312, "en"))).toBe("= 0.031");
    expect(plain(probability(0.4321, "ru"))).toBe("= 0,43");
  });
});
