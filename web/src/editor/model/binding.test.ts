import { describe, expect, it } from "vitest";
import { bindingChanges, leaving, ownersOf, takings } from "./binding";
import { touchpointsOf } from "./document";
import { withInverse } from "./inverse";
import type { Fields, MapDocument, Plain } from "./types";
import type { Rule } from "./values";

const mapOf = (rules: Record<string, Fields | null>): MapDocument => ({
  map: "Credit",
  stages: [
    {
      stage: "Apply",
      touchpoints: Object.entries(rules).map(([touchpoint, when]) => ({
        touchpoint,
        ...(when ? { when } : {}),
      })),
    },
  ],
});
const rulesOf = (document: MapDocument): Record<string, Plain | undefined> =>
  Object.fromEntries(document.stages.flatMap(touchpointsOf).map((it) => [it.touchpoint, it.when]));
const bound = (document: MapDocument, rule: Rule, was: Plain = null) =>
  withInverse(document, bindingChanges(document, "Here", rule, was));

describe("binding events that another touchpoint has", () => {
  const plain = mapOf({ There: { activity: ["a", "b"], channel: ["web"] }, Here: null });

  it("moves them: one gives, the other takes, and both are undone together", () => {
    expect(takings(plain, "Here", { activity: ["a", "z"] })).toEqual({
      taken: [{ from: "There", values: ["a"], isLast: false, isWider: false }],
      held: [],
    });
    const { document, back, conflicts } = bound(plain, { activity: ["a", "z"] });
    expect(conflicts).toEqual([]);
    expect(rulesOf(document)).toEqual({
      There: { activity: ["b"], channel: ["web"] },
      Here: { activity: ["a", "z"] },
    });
    expect(withInverse(document, back).document).toEqual(plain);
  });

  it("leaves the other without events where they were its last, not with all that its channel has", () => {
    const rule = { activity: ["a", "b"] };
    expect(takings(plain, "Here", rule).taken).toMatchObject([{ from: "There", isLast: true }]);
    const { document, back } = bound(plain, rule);
    expect(rulesOf(document)).toEqual({ There: undefined, Here: rule });
    expect(withInverse(document, back).document).toEqual(plain);
  });

  it("takes nothing where another column tells the two apart", () => {
    expect(takings(plain, "Here", { activity: ["a"], channel: ["app"] })).toEqual({ taken: [], held: [] });
    expect(takings(plain, "Here", { activity: ["a"], channel: ["app", "/we/"] }).taken).toHaveLength(1);
  });

  it("says where the other had them more widely than they are taken", () => {
    const wide = mapOf({ There: { activity: ["a"] }, Here: null });
    expect(takings(wide, "Here", { activity: ["a"], channel: ["web"] }).taken).toMatchObject([
      { isWider: true },
    ]);
    expect(takings(plain, "Here", { activity: ["a"], channel: ["web"] }).taken).toMatchObject([
      { isWider: false },
    ]);
  });

  it("cannot take one value from an expression, nor what one's own expression finds there", () => {
    const found = mapOf({
      There: { activity: ["/^doc_/", "b"] },
      Third: { activity: ["doc_x"] },
      Here: null,
    });
    expect(takings(found, "Here", { activity: ["doc_a", "b"] })).toEqual({
      taken: [{ from: "There", values: ["b"], isLast: false, isWider: false }],
      held: [{ by: "There", values: ["doc_a"], expressions: ["/^doc_/"] }],
    });
    expect(takings(found, "Here", { activity: ["/x$/"] }).taken).toMatchObject([
      { from: "Third", values: ["doc_x"], isLast: true },
    ]);
    expect(takings(found, "Here", { activity: ["/(/"] })).toEqual({ taken: [], held: [] });
    expect(leaving(["doc_a", "b", "/doc/"], ["doc_a"])).toEqual(["b"]);
  });

  it("is written column by column, so that two people who bind at once do not meet", () => {
    const before = { activity: ["a"], channel: ["web"] };
    const document = mapOf({ Here: { activity: ["a", "theirs"], channel: ["web"] } });
    const told = bound(document, { activity: ["a", "mine"], channel: ["web", "app"] }, before);
    expect(rulesOf(told.document)).toEqual({
      Here: { activity: ["a", "theirs", "mine"], channel: ["web", "app"] },
    });
    expect(bindingChanges(document, "Here", before, before)).toEqual([]);
    expect(rulesOf(bound(mapOf({ Here: before }), {}, before).document)).toEqual({ Here: undefined });
  });
});

it("tells whose an event is by the map as it stands", () => {
  const owners = ownersOf(
    mapOf({ A: { activity: ["x", "/y/"] }, B: { activity: ["x"] }, C: { channel: ["web"] } }),
  );
  expect([owners("x"), owners("xyz"), owners("z")]).toEqual([["A", "B"], ["A"], []]);
});
