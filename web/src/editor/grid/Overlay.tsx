import { useWords } from "../../i18n";
import { CellEditor, type Next } from "../cells/CellEditor";
import { useActionsOf, useEditor, useLaneTitle, useUi } from "../context";
import { type Layout, type Row, RULE_ROW } from "../model/lanes";
import type { Plain } from "../model/types";
import { HEAD, type Spot } from "../store/uiStore";
import { rowOf, valueIn } from "./clipboard";
import classes from "./grid.module.css";
import { moved } from "./moving";
import { sendCard } from "./useDrops";
import { found } from "./useKeys";
import { COLUMN, HEADS, LANE, TAIL } from "./window";

/** The one cell that is being edited, over the grid: it stays even where its row is out of sight. */
export function Overlay({
  rows,
  layout,
  tops,
}: {
  rows: readonly Row[];
  layout: Layout;
  tops: readonly number[];
}) {
  const editor = useEditor();
  const { store, ui } = editor;
  const { t } = useWords();
  const titleOf = useLaneTitle();
  const actions = useActionsOf();
  const editing = useUi((state) => state.editing);
  const row = editing ? rowOf(rows, editing.row) : undefined;
  if (!editing || !row || editing.column === HEAD) return null;
  const what = found(editing, layout, rows);
  if (what.kind !== "cell" || row === RULE_ROW) return null;
  const { on } = what;
  const value = valueIn(store.getState().document, on, row.key);
  const wide = row.content === "expectation" || row.content === "metrics" || row.content === "process";
  const left = LANE + editing.column * COLUMN;
  const width = wide ? 320 : Math.max(COLUMN, 272);
  const total = LANE + layout.columns.length * COLUMN + TAIL;
  const commit = (next: Plain, where: Next, was: Plain) => {
    actions.set(on, [row.key], next, was, titleOf(row.key));
    const key = { stay: "", down: "ArrowDown", right: "ArrowRight", left: "ArrowLeft" }[where];
    const to = key ? moved(editing, key, false, { layout, rows }) : null;
    // A click elsewhere has moved the person already: they are not called back.
    ui.setState((now) => ({
      editing: now.editing === editing ? null : now.editing,
      ...(to ? { active: to } : {}),
    }));
  };
  return (
    <div
      key={`${row.id}|${JSON.stringify(on)}`}
      className={classes.overlay}
      role="dialog"
      aria-label={t("editor.edit_cell", { lane: titleOf(row.key) })}
      style={{ left: Math.min(left, total - width), top: HEADS + (tops[rows.indexOf(row)] ?? 0), width }}
    >
      <CellEditor
        content={row.content}
        lane={row.key}
        label={titleOf(row.key)}
        value={value}
        seed={editing.seed}
        onCommit={commit}
        onCancel={() => ui.setState({ editing: null })}
        onSend={(index, by) => {
          const to = moved(editing, by > 0 ? "ArrowRight" : "ArrowLeft", false, { layout, rows });
          const other = to && found(to, layout, rows);
          if (other?.kind !== "cell") return;
          sendCard(
            editor,
            actions,
            { on, key: row.key, index },
            { on: other.on, key: row.key },
            t("editor.card_moved"),
          );
          ui.setState({ active: to as Spot });
        }}
      />
    </div>
  );
}
