import { type KeyboardEvent, useMemo } from "react";
import { count } from "../../draw";
import { useWords } from "../../i18n";
import type { Actions } from "../actions";
import { targetOf, useEditor, useLaneTitle } from "../context";
import { type Layout, orderOf, type Row, RULE_ROW } from "../model/lanes";
import type { Named, Plain, Target } from "../model/types";
import { emotionOf, isYes } from "../model/values";
import { HEAD, type Spot, STAGES, TOUCHPOINTS } from "../store/uiStore";
import { added, rowOf, valueIn } from "./clipboard";
import { moved } from "./moving";
import { boxOf, cellsIn, clearing, extended, isInside } from "./range";

/** What stands at a spot. */
export type Found =
  | { kind: "named"; on: Named }
  | { kind: "lane"; row: Row }
  | { kind: "cell"; row: Row; on: Target }
  | { kind: "nothing" };

export function found(spot: Spot, layout: Layout, rows: readonly Row[]): Found {
  const column = layout.columns[spot.column];
  if (spot.row === STAGES)
    return column ? { kind: "named", on: { stage: column.stage } } : { kind: "nothing" };
  if (spot.row === TOUCHPOINTS)
    return column?.touchpoint != null
      ? { kind: "named", on: { touchpoint: column.touchpoint } }
      : { kind: "nothing" };
  const row = rowOf(rows, spot.row);
  if (!row) return { kind: "nothing" };
  if (spot.column === HEAD) return { kind: "lane", row };
  const on = targetOf(row, column);
  return on ? { kind: "cell", row, on } : { kind: "nothing" };
}

/** `+1,5`, `−1`, `0`: with a minus sign and not a hyphen. */
export const sayMood = (mood: number, language: string): string =>
  new Intl.NumberFormat(language, { signDisplay: "exceptZero" }).format(mood).replace("-", "−");

export const clampMood = (mood: number) => Math.max(-2, Math.min(2, Math.round(mood * 2) / 2));

export interface GridDeeds {
  at: Spot;
  what: Found;
  edit(seed?: string): void;
  clear(): void;
  shift(by: 1 | -1, axis: "across" | "down"): void;
  repeat(): void;
  mood(by: number): void;
  openMenu(x: number, y: number): void;
}

export function useDeeds(actions: Actions, layout: Layout, rows: readonly Row[]) {
  const editor = useEditor();
  const { t, language } = useWords();
  const titleOf = useLaneTitle();
  return useMemo(() => {
    const { store, ui } = editor;
    const doc = () => store.getState().document;
    const value = (on: Target, key: string): Plain => valueIn(doc(), on, key);

    return (at: Spot): GridDeeds => {
      const what = found(at, layout, rows);
      if (!editor.canEdit) {
        const refuse = () => actions.say(t("editor.read_only"));
        return {
          at,
          what,
          edit: refuse,
          clear: refuse,
          shift: refuse,
          repeat: refuse,
          mood: refuse,
          openMenu: (x, y) => ui.setState({ menu: { ...at, x, y }, active: at }),
        };
      }
      const neighbour = (by: 1 | -1): Target | null => {
        if (what.kind !== "cell") return null;
        const column = layout.columns[at.column];
        if (what.row.level === "touchpoint") return targetOf(what.row, layout.columns[at.column + by]);
        const stage = layout.stages[(column?.stageIndex ?? 0) + by];
        return stage ? { stage: stage.name } : null;
      };
      return {
        at,
        what,
        edit(seed = "") {
          if (what.kind === "cell" && what.row === RULE_ROW && "touchpoint" in what.on)
            ui.setState({ dialog: { kind: "bind", touchpoint: what.on.touchpoint } });
          else if (what.kind === "cell" && what.row.content === "mark") {
            const now = value(what.on, what.row.key);
            actions.set(what.on, [what.row.key], isYes(now) ? null : true, now, titleOf(what.row.key));
          } else if (what.kind === "nothing") {
            const column = layout.columns[at.column];
            if (column) actions.addTouchpoint(column.stage, null);
          } else if (what.kind !== "lane" || !what.row.known)
            ui.setState({ editing: { ...at, seed }, menu: null });
        },
        clear() {
          const box = boxOf(ui.getState(), layout, rows);
          if (box && isInside(box, at, rows)) {
            const changes = clearing(doc(), cellsIn(box, layout, rows));
            const cells = { count: changes.length, shown: count(changes.length, language) };
            if (changes.length) actions.run(t("editor.cleared_cells", cells), changes, true);
          } else if (what.kind === "named") actions.remove(what.on);
          else if (what.kind === "cell") {
            const now = value(what.on, what.row.key);
            if (now !== null)
              actions.run(
                t("editor.cleared", { lane: titleOf(what.row.key) }),
                [{ op: "set", on: what.on, path: [what.row.key], value: null, was: now }],
                true,
              );
          }
        },
        shift(by, axis) {
          if (what.kind === "named" && axis === "across") actions.step(what.on, by);
          else if (what.kind === "lane" && axis === "down") {
            const keys = orderOf(rows);
            const from = keys.indexOf(what.row.key);
            const to = from + by;
            if (from < 0 || to < 0 || to >= keys.length) return;
            keys.splice(to, 0, ...keys.splice(from, 1));
            actions.arrange(keys, t("editor.moved", { name: titleOf(what.row.key) }));
          } else if (what.kind === "cell" && axis === "across") {
            const to = neighbour(by);
            const now = value(what.on, what.row.key);
            if (!to || now === null) return;
            const there = value(to, what.row.key);
            const done = actions.run(t("editor.card_moved"), [
              { op: "set", on: what.on, path: [what.row.key], value: null, was: now },
              {
                op: "set",
                on: to,
                path: [what.row.key],
                value: added(what.row.content, there, now),
                was: there,
              },
            ]);
            const next = done && moved(at, by > 0 ? "ArrowRight" : "ArrowLeft", false, { layout, rows });
            if (next) ui.setState({ active: next });
          }
        },
        repeat() {
          if (what.kind === "named") actions.duplicate(what.on);
          const to = neighbour(1);
          if (what.kind !== "cell" || !to) return;
          const there = value(to, what.row.key);
          const now = value(what.on, what.row.key);
          if (now !== null)
            actions.set(to, [what.row.key], added(what.row.content, there, now), there, t("editor.repeated"));
        },
        mood(by) {
          if (what.kind !== "cell" || what.row.content !== "emotion") return;
          const now = value(what.on, what.row.key);
          const next = clampMood((emotionOf(now) ?? 0) + by);
          actions.set(
            what.on,
            [what.row.key],
            next,
            now,
            t("editor.mood_set", { mood: sayMood(next, language) }),
          );
        },
        openMenu: (x, y) => ui.setState({ menu: { ...at, x, y }, active: at }),
      };
    };
  }, [editor, actions, layout, rows, t, language, titleOf]);
}

export type DeedsAt = ReturnType<typeof useDeeds>;

const printable = (event: KeyboardEvent) =>
  event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== " ";

/** The keys of the grid while no cell is edited. */
export function useGridKeys(deedsAt: DeedsAt, layout: Layout, rows: readonly Row[]) {
  const { ui } = useEditor();
  return (event: KeyboardEvent<HTMLElement>) => {
    const element = event.target as HTMLElement;
    if (event.defaultPrevented || !element.hasAttribute("data-spot")) return;
    const { active } = ui.getState();
    const deeds = deedsAt(active);
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    const take = (deed: () => void) => {
      event.preventDefault();
      deed();
    };
    const isMood = deeds.what.kind === "cell" && deeds.what.row.content === "emotion";
    if (command && key === "d") return take(() => deeds.repeat());
    if (event.altKey && event.key.startsWith("Arrow")) {
      const by = event.key === "ArrowRight" || event.key === "ArrowDown" ? 1 : -1;
      const axis = event.key === "ArrowRight" || event.key === "ArrowLeft" ? "across" : "down";
      if (isMood && axis === "down") return take(() => deeds.mood(-by * 0.5));
      return take(() => deeds.shift(by, axis));
    }
    if (isMood && (event.key === "+" || event.key === "=")) return take(() => deeds.mood(0.5));
    if (isMood && (event.key === "-" || event.key === "−")) return take(() => deeds.mood(-0.5));
    if (event.key === "Enter" || event.key === "F2") return take(() => deeds.edit());
    if (event.key === " ") return take(() => deeds.edit());
    if (event.key === "Delete" || event.key === "Backspace") return take(() => deeds.clear());
    if (event.key === "ContextMenu" || (event.shiftKey && event.key === "F10")) {
      const box = element.getBoundingClientRect();
      return take(() => deeds.openMenu(box.left + 12, box.top + 12));
    }
    if (event.key === "?") return take(() => ui.setState({ dialog: { kind: "keys" } }));
    if (event.key === "/") return take(() => document.querySelector<HTMLElement>("[data-find]")?.focus());
    if (event.key === "Escape" && ui.getState().range) return take(() => ui.setState({ range: null }));
    const next = moved(active, event.key, command, { layout, rows });
    if (next && event.shiftKey && deeds.what.kind !== "named" && active.column !== HEAD)
      return take(() => ui.setState(extended(ui.getState(), next, rows) ?? {}));
    if (next) return take(() => ui.setState({ active: next }));
    if (printable(event) && deeds.what.kind === "cell" && !isMood) take(() => deeds.edit(event.key));
  };
}
