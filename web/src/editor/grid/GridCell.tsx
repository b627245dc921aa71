import { memo, type ReactNode, useState } from "react";
import { useWords } from "../../i18n";
import { CommentMark, ProofMark } from "../CellMarks";
import { isCards } from "../cells/contents";
import { isFact } from "../cells/evidence";
import { Show } from "../cells/Show";
import { useMap, useUi, useValue } from "../context";
import { useProof, useThreads } from "../marks";
import { cellHeight, TAG } from "../model/heights";
import type { Row } from "../model/lanes";
import type { Target } from "../model/types";
import { useDrag, useDrop } from "./dragging";
import classes from "./grid.module.css";
import { COLUMN, LANE } from "./window";

interface GridCellProps {
  row: Row;
  on: Target | null;
  column: number;
  span: number;
  first: boolean;
  height: number;
  label: string;
  /** Whether it belongs to the cells that are chosen together. */
  selected: boolean;
}

function Dragging({
  on,
  row,
  index,
  children,
}: {
  on: Target;
  row: Row;
  index: number;
  children: ReactNode;
}) {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const dragged = useDrag(element, { kind: "card", on, key: row.key, content: row.content, index });
  return (
    <div ref={setElement} data-dragged={dragged || undefined} className={classes.grab}>
      {children}
    </div>
  );
}

/** One cell of the grid; it is drawn anew only when its own value changes. */
export const GridCell = memo(function GridCell({
  row,
  on,
  column,
  span,
  first,
  height,
  label,
  selected,
}: GridCellProps) {
  const { t } = useWords();
  const [element, setElement] = useState<HTMLElement | null>(null);
  const value = useValue(on ?? { touchpoint: "" }, row.key);
  const { proof, notes } = useProof(on, row.key);
  const threads = useThreads(on, row.key);
  const active = useUi(
    (state) =>
      state.active.row === row.id && state.active.column >= column && state.active.column < column + span,
  );
  const troubled = useMap((state) =>
    state.troubles.some(
      (it) =>
        it.change.op === "set" &&
        it.change.path[0] === row.key &&
        JSON.stringify(it.change.on) === JSON.stringify(on),
    ),
  );
  const place =
    on && isCards(row.content) ? ({ kind: "cell", on, key: row.key, content: row.content } as const) : null;
  const edge = useDrop(element, place, []);
  const width = row.level === "stage" ? Math.min(span, 2) * COLUMN : COLUMN;
  const isOver = cellHeight(row.content, value, width) + (notes || isFact(proof) ? TAG : 0) > height + 6;
  const spot = { row: row.id, column };
  return (
    <div
      ref={setElement}
      role="gridcell"
      aria-colindex={column + 2}
      aria-colspan={span > 1 ? span : undefined}
      aria-label={value === null ? t("editor.empty_cell", { lane: label }) : undefined}
      aria-selected={selected || undefined}
      tabIndex={active ? 0 : -1}
      data-spot={`${row.id}|${column}`}
      data-first={first || undefined}
      data-nothing={on === null || undefined}
      data-fact={isFact(proof) || undefined}
      data-trouble={troubled || undefined}
      data-edge={edge ?? undefined}
      data-over={isOver || undefined}
      className={classes.cell}
      style={{ left: LANE + column * COLUMN, width: span * COLUMN }}
    >
      {on && (
        <div className={row.level === "stage" ? classes.stageCell : classes.stack}>
          <Show
            content={row.content}
            value={value}
            lane={row.key}
            wrap={(card, index) => (
              <Dragging on={on} row={row} index={index}>
                {card}
              </Dragging>
            )}
          />
          {(value !== null || notes > 0) && <ProofMark proof={proof} notes={notes} spot={spot} />}
        </div>
      )}
      <CommentMark threads={threads} spot={spot} />
    </div>
  );
});
