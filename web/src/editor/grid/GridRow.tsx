import { UnstyledButton } from "@mantine/core";
import { memo, useState } from "react";
import { useWords } from "../../i18n";
import type { Actions } from "../actions";
import { CommentMark } from "../CellMarks";
import { targetOf, useLaneTitle, useUi } from "../context";
import { DotsIcon } from "../icons";
import { useThreads } from "../marks";
import { type Layout, type Row, RULE_ROW } from "../model/lanes";
import { HEAD } from "../store/uiStore";
import { useDrag, useDrop } from "./dragging";
import { EmotionCells } from "./EmotionCells";
import { GridCell } from "./GridCell";
import classes from "./grid.module.css";
import { LaneNameField } from "./LaneName";

interface LaneHeadProps {
  row: Row;
  title: string;
  onMenu: (row: string, column: number, element: HTMLElement) => void;
}

const WHOLE = { map: true } as const;

const LaneHead = memo(function LaneHead({ row, title, onMenu }: LaneHeadProps) {
  const { t, language } = useWords();
  const [element, setElement] = useState<HTMLElement | null>(null);
  const active = useUi((state) => state.active.row === row.id && state.active.column === HEAD);
  const threads = useThreads(WHOLE, row.key);
  const editing = useUi((state) => state.editing?.row === row.id && state.editing.column === HEAD);
  const movable = row !== RULE_ROW && !editing;
  const dragged = useDrag(movable ? element : null, { kind: "lane", key: row.key });
  const edge = useDrop(element, row === RULE_ROW ? null : { kind: "lane", key: row.key }, ["top", "bottom"]);
  return (
    <div
      ref={setElement}
      role="rowheader"
      aria-colindex={1}
      tabIndex={active ? 0 : -1}
      data-spot={`${row.id}|${HEAD}`}
      data-dragged={dragged || undefined}
      data-edge={edge ?? undefined}
      className={classes.lane}
      title={row.known?.hint[language]}
    >
      {editing ? (
        <LaneNameField row={row} />
      ) : (
        <span className={classes.laneTitle} dir="auto">
          {title}
        </span>
      )}
      <span>
        <CommentMark threads={threads} spot={{ row: row.id, column: HEAD }} inline />
      </span>
      <span className={classes.laneAbout}>
        {row.level === "stage"
          ? t("editor.by_stage")
          : row.known || row === RULE_ROW
            ? ""
            : t("editor.free_lane")}
      </span>
      <UnstyledButton
        tabIndex={-1}
        aria-label={t("editor.menu_of", { name: title })}
        aria-haspopup="menu"
        className={`${classes.headButton} ${classes.laneMenu}`}
        onClick={(event) => onMenu(row.id, HEAD, event.currentTarget)}
      >
        <DotsIcon size={14} />
      </UnstyledButton>
    </div>
  );
});

interface GridRowProps {
  row: Row;
  index: number;
  top: number;
  height: number;
  layout: Layout;
  /** Columns that are drawn. */
  shown: readonly number[];
  actions: Actions;
  onMenu: (row: string, column: number, element: HTMLElement) => void;
  /** The first and the last column that are chosen; none where the last stands before the first. */
  selectedFrom: number;
  selectedTo: number;
}

export const GridRow = memo(function GridRow({
  row,
  index,
  top,
  height,
  layout,
  shown,
  actions,
  onMenu,
  selectedFrom,
  selectedTo,
}: GridRowProps) {
  const { t } = useWords();
  const titleOf = useLaneTitle();
  const title = row === RULE_ROW ? t("editor.rule_lane") : titleOf(row.key);
  const stages =
    row.level === "stage" ? [...new Set(shown.map((i) => layout.columns[i]?.stageIndex ?? 0))] : [];
  return (
    <div
      role="row"
      aria-rowindex={index + 3}
      className={classes.row}
      style={{ top, height }}
      data-row={row.id}
    >
      <LaneHead row={row} title={title} onMenu={onMenu} />
      {row.level === "stage" ? (
        stages.map((i) => {
          const stage = layout.stages[i];
          return (
            stage && (
              <GridCell
                key={stage.name}
                row={row}
                on={targetOf(row, layout.columns[stage.start])}
                column={stage.start}
                span={stage.span}
                first
                height={height}
                label={title}
                selected={stage.start <= selectedTo && stage.start + stage.span > selectedFrom}
              />
            )
          );
        })
      ) : row.content === "emotion" ? (
        <EmotionCells
          row={row}
          columns={layout.columns}
          shown={shown}
          height={height}
          label={title}
          actions={actions}
          selectedFrom={selectedFrom}
          selectedTo={selectedTo}
        />
      ) : (
        shown.map((i) => {
          const column = layout.columns[i];
          return (
            column && (
              <TouchpointCell
                key={column.touchpoint ?? `stage ${column.stage}`}
                row={row}
                name={column.touchpoint}
                column={i}
                first={column.firstOfStage}
                height={height}
                label={title}
                selected={i >= selectedFrom && i <= selectedTo}
              />
            )
          );
        })
      )}
    </div>
  );
});

interface TouchpointCellProps {
  row: Row;
  name: string | null;
  column: number;
  first: boolean;
  height: number;
  label: string;
  selected: boolean;
}

/** Keeps the object that names the touchpoint the same, so that the cell need not be drawn anew. */
const TouchpointCell = memo(function TouchpointCell({ name, ...props }: TouchpointCellProps) {
  const [on, setOn] = useState(name === null ? null : { touchpoint: name });
  if ((on?.touchpoint ?? null) !== name) setOn(name === null ? null : { touchpoint: name });
  return <GridCell {...props} on={on} span={1} />;
});
