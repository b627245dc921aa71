import { memo, type ReactNode, useState } from "react";
import { useWords } from "../../i18n";
import { EvidenceTag } from "../../map/EvidenceTag";
import { isCards } from "../cells/contents";
import { evidenceAt, isFact } from "../cells/evidence";
import { Show } from "../cells/Show";
import { useMap, useUi, useValue } from "../context";
import { cellHeight } from "../model/heights";
import type { Row } from "../model/lanes";
import { isStage, type Target } from "../model/types";
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

/** Who may be asked of a cell, and how many open comments it has. */
export const commentKey = (on: Target, key: string): string =>
  `${isStage(on) ? `stage:${on.stage}` : "touchpoint" in on ? `touchpoint:${on.touchpoint}` : "map"}/${key}`;

/** One cell of the grid; it is drawn anew only when its own value changes. */
export const GridCell = memo(function GridCell({
  row,
  on,
  column,
  span,
  first,
  height,
  label,
}: GridCellProps) {
  const { t } = useWords();
  const [element, setElement] = useState<HTMLElement | null>(null);
  const value = useValue(on ?? { touchpoint: "" }, row.key);
  const evidence = useValue(on ?? { touchpoint: "" }, "evidence");
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
  const proof = evidenceAt(evidence, row.key);
  const isOver =
    cellHeight(row.content, value, row.level === "stage" ? Math.min(span, 2) * COLUMN : COLUMN) > height + 6;
  return (
    <div
      ref={setElement}
      role="gridcell"
      aria-colindex={column + 2}
      aria-colspan={span > 1 ? span : undefined}
      aria-label={value === null ? t("editor.empty_cell", { lane: label }) : undefined}
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
          {value !== null && <EvidenceTag evidence={proof} />}
        </div>
      )}
    </div>
  );
});
