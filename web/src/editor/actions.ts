/** What can be done to a map, each as one step that can be taken back. */

import type { Translate } from "../i18n";
import type { EditorValue } from "./context";
import {
  findStage,
  findTouchpoint,
  freeName,
  same,
  stageNames,
  touchpointNames,
  touchpointsOf,
} from "./model/document";
import { lookUp } from "./model/indexed";
import { layoutOf } from "./model/lanes";
import {
  type Change,
  type Fields,
  isRecord,
  isStage,
  isTouchpoint,
  type Named,
  nameOf,
  type Plain,
  type Target,
} from "./model/types";
import type { Step } from "./store/steps";
import { HEAD, type Spot, STAGES, TOUCHPOINTS } from "./store/uiStore";

export type Actions = ReturnType<typeof makeActions>;

/** A mapping is set key by key: two people who write different parts of one cell do not meet. */
function pieces(on: Target, path: string[], value: Plain, was: Plain): Change[] {
  if (!isRecord(value) || !isRecord(was)) return [{ op: "set", on, path, value, was }];
  return [...new Set([...Object.keys(was), ...Object.keys(value)])]
    .filter((key) => !same(value[key], was[key]))
    .map((key) => ({
      op: "set",
      on,
      path: [...path, key],
      value: value[key] ?? null,
      was: was[key] ?? null,
    }));
}

function justAdded(step: Step | undefined, on: Named): boolean {
  const change = step?.done.at(-1);
  return change?.op === "add" && nameOf(change.on) === nameOf(on);
}

const stamp = (fields: Fields, on: Named): Fields => ({ ...fields, ...on });

export function makeActions({ store, ui }: Pick<EditorValue, "store" | "ui">, t: Translate) {
  const doc = () => store.getState().document;
  const say = (said: string, offerUndo = false) => ui.setState({ said, offerUndo });
  const standAt = (active: Spot) => ui.setState({ active });

  function run(label: string, changes: Change[], offer = false, joined = false): boolean {
    const conflicts = store.edit(label, changes, joined);
    const first = conflicts[0];
    if (first) say(t(`editor.conflict.${first.reason}`));
    else if (label) say(label, offer);
    return !first;
  }

  const columnOf = (name: string) =>
    layoutOf(doc()).columns.findIndex((column) => column.touchpoint === name);
  const stageStart = (name: string) =>
    layoutOf(doc()).stages.find((stage) => stage.name === name)?.start ?? 0;
  const goTo = (on: Named) =>
    standAt(
      isStage(on)
        ? { row: STAGES, column: stageStart(on.stage) }
        : { row: TOUCHPOINTS, column: Math.max(0, columnOf(on.touchpoint)) },
    );

  function set(on: Target, path: string[], value: Plain, was: Plain, label = ""): boolean {
    return same(value, was) || run(label, pieces(on, path, value, was));
  }

  /** A value of now, over whatever stands there. */
  function put(on: Target, path: string[], value: Plain, label = "", offer = false): boolean {
    let was: Plain | undefined = lookUp(doc(), on);
    for (const key of path)
      was = was && typeof was === "object" && !Array.isArray(was) ? was[key] : undefined;
    return run(label, [{ op: "set", on, path, value, was: was ?? null }], offer);
  }

  function rename(on: Named, to: string): boolean {
    if (to === nameOf(on) || !to) return true;
    const joined = (ui.getState().editing?.added ?? false) && justAdded(store.getState().undo.at(-1), on);
    return run(t("editor.renamed", { name: to }), [{ op: "rename", on, to }], false, joined);
  }

  function add(on: Named, after: string | null, stage?: string, fields: Fields = {}, edit = true): void {
    const change: Change = {
      op: "add",
      on,
      after,
      document: stamp(fields, on),
      ...(stage === undefined ? {} : { stage }),
    };
    if (!run(t("editor.added", { name: nameOf(on) }), [change])) return;
    goTo(on);
    if (edit) ui.setState({ editing: { ...ui.getState().active, seed: "", added: true } });
  }

  function addStage(after: string | null): void {
    add({ stage: freeName(t("editor.new_stage"), stageNames(doc())) }, after);
  }

  function addTouchpoint(stage: string, after: string | null): void {
    add({ touchpoint: freeName(t("editor.new_touchpoint"), touchpointNames(doc())) }, after, stage);
  }

  function addTouchpoints(stage: string, all: Fields[]): void {
    const taken = touchpointNames(doc());
    let after = touchpointsOf(findStage(doc(), stage) ?? { stage }).at(-1)?.touchpoint ?? null;
    const changes = all.map((fields): Change => {
      const name = freeName(String(fields.touchpoint), taken);
      taken.push(name);
      const change: Change = {
        op: "add",
        on: { touchpoint: name },
        stage,
        after,
        document: { ...fields, touchpoint: name },
      };
      after = name;
      return change;
    });
    run(
      t("editor.added", { name: all.map((fields) => String(fields.touchpoint)).join(", ") }),
      changes,
      true,
    );
  }

  function duplicate(
    on: Named,
    fields = lookUp(doc(), on),
    after: string | null = nameOf(on),
    stage?: string,
  ): void {
    if (!fields) return;
    if (isTouchpoint(on)) {
      const place = findTouchpoint(doc(), on.touchpoint);
      const name = freeName(on.touchpoint, touchpointNames(doc()));
      add({ touchpoint: name }, after, stage ?? place?.stage.stage ?? "", fields, false);
      return;
    }
    const taken = touchpointNames(doc());
    const inside = (Array.isArray(fields.touchpoints) ? fields.touchpoints : []) as Fields[];
    const copies = inside.map((touchpoint) => {
      const name = freeName(String(touchpoint.touchpoint), taken);
      taken.push(name);
      return { ...touchpoint, touchpoint: name };
    });
    const name = freeName(on.stage, stageNames(doc()));
    add(
      { stage: name },
      after,
      undefined,
      { ...fields, ...(copies.length ? { touchpoints: copies } : {}) },
      false,
    );
  }

  function remove(on: Named): void {
    run(t("editor.removed", { name: nameOf(on) }), [{ op: "remove", on }], true);
    const { active } = ui.getState();
    const last = layoutOf(doc()).columns.length - 1;
    standAt({
      ...active,
      column: Math.max(active.column === HEAD ? HEAD : 0, Math.min(active.column, last)),
    });
  }

  function moveTo(on: Named, after: string | null, stage?: string): void {
    const change: Change = { op: "move", on, after, ...(stage === undefined ? {} : { stage }) };
    if (!run(t("editor.moved", { name: nameOf(on) }), [change])) return;
    goTo(on);
  }

  /** One place to the left or right; a touchpoint at the edge of its stage goes into the next one. */
  function step(on: Named, by: 1 | -1): void {
    const { stages } = doc();
    if (isStage(on)) {
      const at = stages.findIndex((stage) => stage.stage === on.stage);
      const after = by > 0 ? stages[at + 1] : at > 1 ? stages[at - 2] : null;
      if ((by > 0 && !after) || at === 0) if (by > 0 || at === 0) return;
      moveTo(on, after?.stage ?? null);
      return;
    }
    const place = findTouchpoint(doc(), on.touchpoint);
    if (!place) return;
    const list = touchpointsOf(place.stage);
    const at = stages.indexOf(place.stage);
    if (by > 0) {
      const next = list[place.index + 1];
      const into = stages[at + 1];
      if (next) moveTo(on, next.touchpoint, place.stage.stage);
      else if (into) moveTo(on, null, into.stage);
      return;
    }
    const into = stages[at - 1];
    if (place.index > 0) moveTo(on, list[place.index - 2]?.touchpoint ?? null, place.stage.stage);
    else if (into) moveTo(on, touchpointsOf(into).at(-1)?.touchpoint ?? null, into.stage);
  }

  /** The lanes in a new order. */
  function arrange(keys: string[], label: string): void {
    put({ map: true }, ["lanes"], keys, label);
  }

  function walk(which: "undo" | "redo"): void {
    const walked = store[which]();
    if (!walked) say(t(`editor.nothing_to.${which}`));
    else if (walked.conflicts[0]) say(t("editor.undo_blocked"));
    else if (walked.step.label) say(t(`editor.did.${which}`, { what: walked.step.label }));
    else say(t(`editor.did_plain.${which}`));
  }

  return {
    say,
    set,
    put,
    rename,
    addStage,
    addTouchpoint,
    addTouchpoints,
    duplicate,
    remove,
    moveTo,
    step,
    arrange,
    run,
    goTo,
    undo: () => walk("undo"),
    redo: () => walk("redo"),
  };
}
