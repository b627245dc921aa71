import { describe, expect, it } from "vitest";
import fixture from "../fixtures/findings-en.json";
import type { Finding, Findings } from "./findings";
import { filtersOf, isChosen, NOTHING_CHOSEN, readChoice, withSearch, writeChoice } from "./findingsAddress";
import {
  about,
  facetsOf,
  flagsOf,
  inCharge,
  isQuiet,
  moneyOf,
  narrow,
  perMonth,
  testedTable,
  totalLoss,
} from "./findingsModel";

const findings = fixture as unknown as Findings;
const wrong = findings.findings.filter((finding) => !isQuiet(finding));
const name = (finding: Finding) => finding.kind;
const kept = (patch: Partial<typeof NOTHING_CHOSEN>) => narrow(wrong, { ...NOTHING_CHOSEN, ...patch }, name);

describe("choice of findings", () => {
  it("keeps all of them in their order where nothing is chosen", () => expect(kept({})).toEqual(wrong));

  it("joins values of one kind by or, kinds by and", () => {
    expect(kept({ kind: ["gap", "bottleneck"] }).map((finding) => finding.kind)).toEqual([
      "bottleneck",
      "gap",
      "gap",
    ]);
    expect(kept({ kind: ["barrier"], obstacle: ["wait"] })).toHaveLength(1);
    expect(kept({ kind: ["gap"], obstacle: ["wait"] })).toEqual([]);
  });

  it("asks for a segment by attribute and value", () => {
    expect(kept({ where: ["device=Android"] }).map((finding) => finding.obstacle)).toEqual(["failure"]);
    expect(kept({ where: ["device=And"] })).toEqual([]);
  });

  it("finds all words, whatever their case and order, also in names and segments", () => {
    expect(kept({ text: "DOCUMENTS upload" }).map((finding) => finding.id)).toEqual([
      "barrier-failure-zagruzka",
    ]);
    expect(kept({ text: "c08121" })).toHaveLength(1);
    expect(kept({ text: "новосибирск" })).toHaveLength(1);
    expect(kept({ text: "a[b(" })).toEqual([]);
    expect(kept({ text: "   " })).toEqual(wrong);
  });

  it("counts what can be chosen, worst kind first", () => {
    const facets = facetsOf(wrong);
    expect(facets.kinds[0]).toEqual({ value: "barrier", count: 4 });
    expect(facets.kinds.reduce((sum, facet) => sum + facet.count, 0)).toBe(wrong.length);
    expect(facets.where).toContainEqual({ value: "device=Android", count: 1 });
    expect(facets.touchpoints.find((facet) => facet.value === "Анкета")?.count).toBe(3);
  });
});

describe("address of findings", () => {
  const choice = {
    ...NOTHING_CHOSEN,
    kind: ["barrier", "gap"],
    where: ["region=Москва", "note=a=b&c"],
    touchpoint: ["Анкета, 2 %"],
    text: "долго & дорого",
    all: true,
  };

  it("survives the way through the address bar, also with odd signs", () => {
    expect(readChoice(new URLSearchParams(writeChoice(choice).toString()))).toEqual(choice);
    expect([isChosen(choice), isChosen(readChoice(new URLSearchParams("all=1&text=+")))]).toEqual([
      true,
      false,
    ]);
  });

  it("carries from page to page only which journeys are asked", () => {
    const search = new URLSearchParams("segment=a%3Db&since=2026-01-01&touchpoint=x&kind=gap");
    const { filters, carried } = filtersOf(search);
    expect(filters.segment).toEqual(["a=b"]);
    expect(withSearch("/findings", carried)).toBe("/findings?since=2026-01-01&segment=a%3Db");
    expect(withSearch("/findings", new URLSearchParams())).toBe("/findings");
  });
});

describe("losses", () => {
  it("adds up stages", () => {
    const loss = totalLoss(findings);
    const stages = findings.lost_by_stage;
    expect(loss.money?.value).toBeCloseTo(stages.reduce((sum, stage) => sum + (stage.money?.value ?? 0), 0));
    expect(loss.money?.currency).toBe("RUB");
  });

  it("tells goals where there is no money, and no month where there is no time", () => {
    const stages = findings.lost_by_stage.map((stage) => ({ ...stage, money: null }));
    expect(totalLoss({ ...findings, lost_by_stage: stages }).money).toBeNull();
    expect(perMonth(12, 6)).toBe(2);
    expect([perMonth(null, 6), perMonth(12, 0)]).toEqual([null, null]);
    expect(moneyOf(wrong.filter((finding) => finding.kind === "gap"))).toBeNull();
  });
});

describe("flags", () => {
  it("stand at touchpoints with the worst of their findings; what is harmless raises none", () => {
    const { touchpoints } = flagsOf(findings.findings);
    expect(touchpoints.get("Анкета")).toMatchObject({ kind: "barrier", count: 1, others: 2 });
    expect(touchpoints.get("Обращение с вопросом")).toMatchObject({
      kind: "single_case",
      count: 1,
      others: 1,
    });
    const flagged = [...touchpoints.values()].reduce((sum, flag) => sum + flag.count + flag.others, 0);
    expect(flagged).toBe(wrong.length);
  });

  it("stand at the stage where no touchpoint is named", () => {
    const one = { ...(wrong[0] as Finding), touchpoint: null };
    const flags = flagsOf([one, { ...one, stage: null }]);
    expect([...flags.touchpoints.keys()]).toEqual(["check_queued"]);
    expect(flags.stages.get("Документы")?.count).toBe(1);
  });
});

describe("what was tested", () => {
  it("has a cell for every pair, rows in the order of the map, those without a place last", () => {
    const table = testedTable(findings.findings, ["Анкета", "Визит на сайт"]);
    expect(table.rows.slice(0, 2).map((row) => row.touchpoint)).toEqual(["Анкета", "Визит на сайт"]);
    const cells = table.rows.reduce((sum, row) => sum + row.cells.size, 0);
    expect(cells).toBe(findings.tested);
    expect(table.rows[0]?.cells.get("contact")?.kind).toBe("barrier");
  });

  it("shows the worst where one pair was tried at several thresholds", () => {
    const one = wrong[0] as Finding;
    const table = testedTable([{ ...one, kind: "harmless" }, one], []);
    expect(table.rows).toHaveLength(1);
    expect(table.rows[0]?.cells.get("wait")?.kind).toBe("barrier");
  });
});

it("rounds journeys that are needed as the service does", () =>
  expect([0, 7, 420, 2_250, 22_500, 16_123, 121_328].map(about)).toEqual([
    0, 7, 420, 2_200, 22_000, 16_000, 120_000,
  ]));

it("names nobody in charge where a bottleneck has only its step for a department", () => {
  const slow = { ...(wrong[0] as Finding), department: "Call", owner: null };
  expect(inCharge({ ...slow, process: "Call" })).toEqual({ department: null, owner: null });
  expect(inCharge({ ...slow, process: "Visit", owner: "Anna" })).toEqual({
    department: "Call",
    owner: "Anna",
  });
});
