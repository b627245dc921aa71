import { type ClipboardEvent, useMemo } from "react";
import { count } from "../../draw";
import { useWords } from "../../i18n";
import type { Actions } from "../actions";
import { useEditor, useLaneTitle } from "../context";
import { lookUp } from "../model/indexed";
import { type Layout, type Row, rowId } from "../model/lanes";
import { isEmpty } from "../model/values";
import {
  added,
  type Clip,
  copyLane,
  FORMAT,
  fitted,
  fromText,
  pasteLane,
  plainOf,
  readClip,
  valueIn,
} from "./clipboard";
import { boxOf, cellsIn, copyCells, filling, pasteCells } from "./range";
import { readTable } from "./table";
import type { DeedsAt, Found } from "./useKeys";

const LAST = "tropa.editor.clip";

/** Copy, cut and paste of cells, lanes, touchpoints and stages; also between maps. */
export function useClipboard(actions: Actions, deedsAt: DeedsAt, layout: Layout, rows: readonly Row[]) {
  const { store, ui, canEdit } = useEditor();
  const { t, language } = useWords();
  const titleOf = useLaneTitle();
  return useMemo(() => {
    const doc = () => store.getState().document;
    const here = (): Found => deedsAt(ui.getState().active).what;
    const chosen = () => boxOf(ui.getState(), layout, rows);
    const isOurs = (event: ClipboardEvent) => (event.target as HTMLElement).closest?.("[data-spot]") !== null;

    const told = (cells: number) => ({ count: cells, shown: count(cells, language) });

    function clipOf(what: Found): Clip | null {
      if (what.kind === "lane") return copyLane(doc(), what.row);
      if (what.kind === "cell")
        return { kind: "cell", content: what.row.content, value: valueIn(doc(), what.on, what.row.key) };
      if (what.kind !== "named") return null;
      const fields = lookUp(doc(), what.on);
      return fields ? { kind: "stage" in what.on ? "stage" : "touchpoint", fields } : null;
    }

    function copy(): Clip | null {
      const box = chosen();
      const clip = box ? copyCells(doc(), box, layout, rows) : clipOf(here());
      if (clip) {
        try {
          localStorage.setItem(LAST, JSON.stringify(clip));
        } catch {
          // The clipboard of the system has it all the same.
        }
        if (box) actions.say(t("editor.copied_cells", told(cellsIn(box, layout, rows).length)));
        else if (clip.kind !== "cells") actions.say(t(`editor.copied.${clip.kind}`));
      }
      return clip;
    }

    function pasteLanes(clip: Extract<Clip, { kind: "lane" }>, what: Found): void {
      const own = rows.find((row) => row.key === clip.key && row.level === clip.level);
      const focused = what.kind === "lane" && what.row.content !== "rule" ? what.row : undefined;
      const into = (own && focused) || own || { ...clip, id: rowId(clip.level, clip.key), known: undefined };
      const changes = pasteLane(doc(), clip, into);
      if (changes.length) {
        ui.setState((now) => ({ extra: new Set([...now.extra, rowId(into.level, into.key)]) }));
        actions.run(t("editor.pasted_lane", { lane: titleOf(into.key) }), changes, true);
      } else actions.say(t("editor.nothing_fits"));
    }

    function pasteInto(clip: Extract<Clip, { kind: "cell" }> | string, what: Found): void {
      if (what.kind !== "cell") return;
      const { row, on } = what;
      const value =
        typeof clip === "string"
          ? fromText(clip, row.content)
          : fitted(clip.value, clip.content, row.content);
      const now = valueIn(doc(), on, row.key);
      if (value === undefined || isEmpty(value)) actions.say(t("editor.nothing_fits"));
      else actions.set(on, [row.key], added(row.content, now, value), now, t("editor.pasted"));
    }

    function pasteTable(clip: Extract<Clip, { kind: "cells" }>): void {
      const { active } = ui.getState();
      const at = chosen() ?? { top: rows.findIndex((row) => row.id === active.row), left: active.column };
      const fit = at.top < 0 || at.left < 0 ? [] : pasteCells(doc(), clip, at, layout, rows);
      if (fit.length) actions.run(t("editor.pasted_cells", told(fit.length)), fit, true);
      else actions.say(t("editor.nothing_fits"));
    }

    /** Copied elsewhere: a table takes several cells, anything else is the content of one. */
    function readText(text: string): Clip | string {
      const table = readTable(text);
      if (!table) return text;
      const values = table.map((line) => line.map((cell) => cell.split(/\r?\n/).filter((it) => it.trim())));
      return { kind: "cells", contents: values.map(() => "list"), values };
    }

    function paste(given: Clip | string): void {
      if (!canEdit) return;
      const box = chosen();
      const read = typeof given === "string" ? readText(given) : given;
      const whole: Clip | string =
        box && typeof read === "string"
          ? { kind: "cell", content: "list", value: read.split(/\r?\n/) }
          : read;
      const clip = box && typeof whole !== "string" && whole.kind === "cell" ? filling(whole, box) : whole;
      const what = here();
      const { active } = ui.getState();
      const column = layout.columns[active.column] ?? layout.columns[0];
      if (typeof clip === "string" || clip.kind === "cell") pasteInto(clip, what);
      else if (clip.kind === "cells") pasteTable(clip);
      else if (clip.kind === "lane") pasteLanes(clip, what);
      else if (clip.kind === "stage")
        actions.duplicate({ stage: String(clip.fields.stage) }, clip.fields, column?.stage ?? null);
      else
        actions.duplicate(
          { touchpoint: String(clip.fields.touchpoint) },
          clip.fields,
          column?.touchpoint ?? null,
          column?.stage ?? "",
        );
    }

    return {
      /** For the menus, which have no clipboard event: what was copied last in this browser. */
      copyHere: () => {
        const clip = copy();
        if (clip) void navigator.clipboard?.writeText(plainOf(clip)).catch(() => undefined);
      },
      pasteHere: () => {
        try {
          const clip = JSON.parse(localStorage.getItem(LAST) ?? "null") as Clip | null;
          if (clip) paste(clip);
          else actions.say(t("editor.nothing_copied"));
        } catch {
          actions.say(t("editor.nothing_copied"));
        }
      },
      onCopy: (event: ClipboardEvent) => {
        if (!isOurs(event)) return;
        const clip = copy();
        if (!clip) return;
        event.preventDefault();
        event.clipboardData.setData(FORMAT, JSON.stringify(clip));
        event.clipboardData.setData("text/plain", plainOf(clip));
      },
      onCut: (event: ClipboardEvent) => {
        if (!isOurs(event)) return;
        const clip = copy();
        if (!clip) return;
        event.preventDefault();
        event.clipboardData.setData(FORMAT, JSON.stringify(clip));
        event.clipboardData.setData("text/plain", plainOf(clip));
        deedsAt(ui.getState().active).clear();
      },
      onPaste: (event: ClipboardEvent) => {
        if (!isOurs(event)) return;
        const clip = readClip(event.clipboardData);
        if (!clip) return;
        event.preventDefault();
        paste(clip);
      },
    };
  }, [actions, deedsAt, layout, rows, store, ui, canEdit, t, language, titleOf]);
}
