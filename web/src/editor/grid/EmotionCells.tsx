import { memo, type PointerEvent, useRef, useState } from "react";
import { useWords } from "../../i18n";
import { Face } from "../../ui/Face";
import type { Actions } from "../actions";
import { CommentMark, ProofMark } from "../CellMarks";
import { useMap, useUi } from "../context";
import { useProof, useThreads } from "../marks";
import { indexed } from "../model/indexed";
import type { GridColumn, Row } from "../model/lanes";
import type { MapDocument } from "../model/types";
import { emotionOf } from "../model/values";
import classes from "./grid.module.css";
import { clampMood, sayMood } from "./useKeys";
import { COLUMN, LANE } from "./window";

const EDGE = 22;

export const moodToY = (mood: number, height: number) => EDGE + ((2 - mood) / 4) * (height - 2 * EDGE);
const yToMood = (y: number, height: number) => clampMood(2 - ((y - EDGE) / (height - 2 * EDGE)) * 4);

const moodOf = (document: MapDocument, column: GridColumn | undefined, key: string): number | null =>
  column?.touchpoint == null ? null : emotionOf(indexed(document).touchpoints.get(column.touchpoint)?.[key]);

interface MoodProps {
  row: Row;
  column: GridColumn;
  height: number;
  label: string;
  actions: Actions;
  selected: boolean;
}

/** One point of the curve: dragged up and down, or stepped with + and −. */
const Mood = memo(function Mood({ row, column, height, label, actions, selected }: MoodProps) {
  const { t, language } = useWords();
  const name = column.touchpoint;
  const mood = useMap((state) => moodOf(state.document, column, row.key));
  const active = useUi((state) => state.active.row === row.id && state.active.column === column.index);
  const [held, setHeld] = useState<number | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const say = (mood: number) => sayMood(mood, language);
  const on = name === null ? null : { touchpoint: name };
  const { proof, notes } = useProof(on, row.key);
  const threads = useThreads(on, row.key);
  const spot = { row: row.id, column: column.index };
  const shown = held ?? mood;
  const read = (event: PointerEvent) => {
    const area = box.current?.getBoundingClientRect();
    return area ? yToMood(((event.clientY - area.top) / area.height) * height, height) : 0;
  };
  const drop = () => {
    if (held !== null && name !== null && held !== mood)
      actions.set({ touchpoint: name }, [row.key], held, mood, t("editor.mood_set", { mood: say(held) }));
    setHeld(null);
  };
  return (
    <div
      ref={box}
      role="gridcell"
      aria-colindex={column.index + 2}
      aria-label={shown === null ? t("editor.empty_cell", { lane: label }) : `${label}: ${say(shown)}`}
      aria-selected={selected || undefined}
      tabIndex={active ? 0 : -1}
      data-spot={`${row.id}|${column.index}`}
      data-first={column.firstOfStage || undefined}
      data-nothing={name === null || undefined}
      className={`${classes.cell} ${classes.mood}`}
      style={{ left: LANE + column.index * COLUMN, width: COLUMN }}
    >
      {name !== null && (
        <div
          className={classes.handle}
          data-unset={shown === null || undefined}
          data-held={held !== null || undefined}
          style={{ top: moodToY(shown ?? 0, height) }}
          aria-hidden="true"
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            setHeld(mood ?? 0);
          }}
          onPointerMove={(event) => held !== null && setHeld(read(event))}
          onPointerUp={drop}
          onPointerCancel={() => setHeld(null)}
        >
          {shown === null ? (
            <span className={classes.unset}>+</span>
          ) : (
            <Face emotion={shown * 50} enough size={24} />
          )}
          {shown !== null && <b className="number">{say(shown)}</b>}
        </div>
      )}
      {notes > 0 && (
        <span className={classes.moodProof}>
          <ProofMark proof={proof} notes={notes} spot={spot} />
        </span>
      )}
      <CommentMark threads={threads} spot={spot} />
    </div>
  );
});

/** The author's curve through the moods in sight. */
function Curve({
  row,
  columns,
  from,
  to,
  height,
}: {
  row: Row;
  columns: readonly GridColumn[];
  from: number;
  to: number;
  height: number;
}) {
  // Only what is in sight is drawn: a dashed line across a thousand touchpoints costs a second.
  const first = Math.max(0, from - 1);
  const last = Math.min(columns.length - 1, to + 1);
  const width = Math.max(0, last - first + 1) * COLUMN;
  const path = useMap((state) => {
    let line = "";
    for (let i = first; i <= last; i++) {
      const mood = moodOf(state.document, columns[i], row.key);
      if (mood !== null) line += `${line ? "L" : "M"}${(i - first + 0.5) * COLUMN} ${moodToY(mood, height)}`;
    }
    return line;
  });
  return (
    <svg
      className={classes.curve}
      style={{ left: LANE + first * COLUMN }}
      width={width}
      height={height}
      aria-hidden="true"
    >
      <line x1="0" x2={width} y1={height / 2} y2={height / 2} className={classes.zero} />
      <path d={path} />
    </svg>
  );
}

interface EmotionCellsProps {
  row: Row;
  columns: readonly GridColumn[];
  shown: readonly number[];
  height: number;
  label: string;
  actions: Actions;
  selectedFrom: number;
  selectedTo: number;
}

export function EmotionCells({
  row,
  columns,
  shown,
  height,
  label,
  actions,
  selectedFrom,
  selectedTo,
}: EmotionCellsProps) {
  // The cell where one stands is drawn even out of sight, at the end of the list: the curve does not reach to it.
  const from = shown[0] ?? 0;
  const to = shown.reduce((now, i) => (i === now + 1 ? i : now), from);
  return (
    <>
      <Curve row={row} columns={columns} from={from} to={to} height={height} />
      {shown.map((i) => {
        const column = columns[i];
        return (
          column && (
            <Mood
              key={column.touchpoint ?? `stage ${column.stage}`}
              row={row}
              column={column}
              height={height}
              label={label}
              actions={actions}
              selected={i >= selectedFrom && i <= selectedTo}
            />
          )
        );
      })}
    </>
  );
}
