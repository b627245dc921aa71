/** Events belong to one touchpoint: what a rule takes from other touchpoints, and the changes that give it over. */

import { same, touchpointsOf } from "./document";
import { lookUp } from "./indexed";
import { type Change, isRecord, type MapDocument, type Plain } from "./types";
import { isExpression, type Rule, ruleOf, writeRule } from "./values";

/** What another touchpoint gives over. */
export interface Taken {
  from: string;
  values: string[];
  /** Whether nothing is left to it: it is then bound to no events at all, whatever else its rule says. */
  isLast: boolean;
  /** Whether it had them also where this rule does not look: there they are nobody's afterwards. */
  isWider: boolean;
}

/** What another touchpoint has by an expression, from which no single value can be taken. */
export interface Held {
  by: string;
  values: string[];
  expressions: string[];
}

const accepting = (values: readonly string[], wanted: string): string[] =>
  values.filter((value) => {
    if (!isExpression(value)) return value === wanted;
    try {
      return new RegExp(value.slice(1, -1)).test(wanted);
    } catch {
      return false;
    }
  });

const isAccepted = (values: readonly string[], wanted: string) => accepting(values, wanted).length > 0;

/** What is left of a rule's values where it no longer finds these: expressions that find one of them go too. */
export const leaving = (values: readonly string[], left: readonly string[]): string[] =>
  values.filter((value) => !left.some((it) => isAccepted([value], it)));

/** Whether both name a column and no value of it fits both: then no event is in both. */
const areApart = (one: Rule, other: Rule): boolean =>
  Object.entries(one).some(([column, values]) => {
    const others = other[column];
    if (column === "activity" || !others) return false;
    return (
      !values.some(
        (value) => others.includes(value) || (!isExpression(value) && isAccepted(others, value)),
      ) && !others.some((value) => !isExpression(value) && isAccepted(values, value))
    );
  });

const reachesFurther = (other: Rule, rule: Rule): boolean =>
  Object.entries(rule).some(
    ([column, values]) => column !== "activity" && !other[column]?.every((value) => values.includes(value)),
  );

/** What binding the touchpoint by a rule takes from others, and what it cannot take. */
export function takings(
  document: MapDocument,
  touchpoint: string,
  rule: Rule,
): { taken: Taken[]; held: Held[] } {
  const wanted = rule.activity ?? [];
  const taken: Taken[] = [];
  const held: Held[] = [];
  for (const { touchpoint: name, when } of document.stages.flatMap(touchpointsOf)) {
    if (name === touchpoint || !isRecord(when)) continue;
    const other = ruleOf(when);
    const theirs = other.activity ?? [];
    if (!theirs.length || areApart(rule, other)) continue;
    const expressions = theirs.filter(isExpression);
    const values = [...new Set([...wanted, ...theirs])].filter(
      (value) => !isExpression(value) && isAccepted(wanted, value) && isAccepted(theirs, value),
    );
    const fixed = values.filter((value) => isAccepted(expressions, value));
    const free = values.filter((value) => !fixed.includes(value));
    if (free.length)
      taken.push({
        from: name,
        values: free,
        isLast: theirs.every((value) => free.includes(value)),
        isWider: reachesFurther(other, rule),
      });
    if (fixed.length)
      held.push({
        by: name,
        values: fixed,
        expressions: expressions.filter((it) => fixed.some((value) => isAccepted([it], value))),
      });
  }
  return { taken, held };
}

/** A rule column by column: two people who change different columns, or different values of one, do not meet. */
function ruleChanges(touchpoint: string, rule: Rule, was: Plain): Change[] {
  const on = { touchpoint };
  const value = writeRule(rule);
  if (same(value, was)) return [];
  if (!isRecord(value) || (was !== null && !isRecord(was)))
    return [{ op: "set", on, path: ["when"], value, was }];
  const before = was ?? {};
  return [...new Set([...Object.keys(before), ...Object.keys(value)])]
    .filter((column) => !same(value[column], before[column]))
    .map((column) => ({
      op: "set",
      on,
      path: ["when", column],
      value: value[column] ?? null,
      was: before[column] ?? null,
    }));
}

/** Bind a touchpoint by a rule, and take what it says from the others: they give first, so that nothing is bound twice. */
export function bindingChanges(document: MapDocument, touchpoint: string, rule: Rule, was: Plain): Change[] {
  const given = takings(document, touchpoint, rule).taken.flatMap(({ from, values, isLast }) => {
    const theirs = lookUp(document, { touchpoint: from })?.when ?? null;
    const { activity = [], ...others } = ruleOf(theirs);
    const left = activity.filter((value) => !values.includes(value));
    return ruleChanges(from, isLast ? {} : { ...others, activity: left }, theirs);
  });
  return [...given, ...ruleChanges(touchpoint, rule, was)];
}

/** Which touchpoints have an activity by the rules of the map as it stands on the screen. */
export function ownersOf(document: MapDocument): (activity: string) => string[] {
  const byValue = new Map<string, string[]>();
  const byExpression: { name: string; expressions: string[] }[] = [];
  for (const { touchpoint, when } of document.stages.flatMap(touchpointsOf)) {
    const activities = ruleOf(when).activity ?? [];
    for (const value of activities) {
      if (!isExpression(value)) byValue.set(value, [...(byValue.get(value) ?? []), touchpoint]);
    }
    const expressions = activities.filter(isExpression);
    if (expressions.length) byExpression.push({ name: touchpoint, expressions });
  }
  return (activity) => [
    ...new Set([
      ...(byValue.get(activity) ?? []),
      ...byExpression.filter((it) => isAccepted(it.expressions, activity)).map((it) => it.name),
    ]),
  ];
}
