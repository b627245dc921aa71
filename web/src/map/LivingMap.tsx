import { useElementSize } from "@mantine/hooks";
import {
  type CSSProperties,
  memo,
  type Ref,
  useCallback,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Flags } from "../data/findingsModel";
import type { View } from "../data/view";
import { useWords } from "../i18n";
import { Lanes } from "./Lanes";
import { MapHead } from "./MapHead";
import classes from "./map.module.css";
import type { MapModel } from "./model";
import type { Return } from "./returns";
import scales from "./scales.module.css";
import { shownLanes } from "./shown";
import { MANY_COLUMNS, useColumnWindow } from "./useColumnWindow";
import { cellAt, focusWhenThere, useGridKeys } from "./useGridKeys";
import { type ChangeView, useLaneActions } from "./useLaneActions";

export const LANE_WIDTH = 172;
export const COLUMN_WIDTH = 176;
/** Pixels across a sheet of A3 within its margins. */
export const PRINT_WIDTH = 1520;

/** What others may ask of the map. */
export interface MapHandle {
  /** Brings a cell into sight and gives it the focus. */
  reveal: (column: number, lane: string | null) => void;
}

export interface LivingMapProps {
  model: MapModel;
  title: string;
  view: View;
  onView: ChangeView;
  /** Findings by touchpoint, once they are known. */
  flags?: Flags | undefined;
  /** Ways back, once they are known. */
  returns?: readonly Return[];
  onOpen: (touchpoint: string) => void;
  /** A sheet of paper: everything is drawn. */
  sheet?: boolean;
  handle?: Ref<MapHandle>;
}

const Head = memo(MapHead);
const NO_RETURNS: readonly Return[] = [];

/** The map itself: stages and touchpoints across, lanes down. */
export function LivingMap({
  model,
  title,
  view,
  onView,
  flags,
  returns = NO_RETURNS,
  onOpen,
  sheet = false,
  handle,
}: LivingMapProps) {
  const { t } = useWords();
  const grid = useRef<HTMLDivElement>(null);
  const { ref: ruler, width } = useElementSize();
  const [said, say] = useState("");
  const count = model.columns.length;
  const many = !sheet && count > MANY_COLUMNS;
  const columnWidth = sheet || many ? COLUMN_WIDTH : Math.max(COLUMN_WIDTH, (width - LANE_WIDTH) / count);
  const zoom = sheet ? 1 : view.zoom;
  const { columns, stages, reveal } = useColumnWindow(
    grid,
    model,
    { laneWidth: LANE_WIDTH, columnWidth, zoom },
    sheet,
  );
  const ends = useMemo(
    () => ({ first: 0, last: model.columns.length - 1, stages: model.stages.map((stage) => stage.start) }),
    [model],
  );
  const onKeyDown = useGridKeys(grid, { ends, reveal });
  const actions = useLaneActions(model, view, onView, say);
  const lanes = useMemo(() => shownLanes(model, view), [model, view]);
  const folded = useMemo(() => new Set(view.folded), [view.folded]);
  const head = useMemo(() => ({ ...model, columns, stages }), [model, columns, stages]);
  const drawn = useMemo(() => columns.filter((column) => !column.empty), [columns]);
  const show = useCallback(
    (column: number, lane: string | null) => {
      reveal(column);
      const element = grid.current;
      if (element) focusWhenThere(element, () => cellAt(element, lane, column));
    },
    [reveal],
  );
  useImperativeHandle(handle, () => ({ reveal: show }), [show]);
  const whole = LANE_WIDTH + columnWidth * count;
  const style = {
    "--columns": count,
    "--lane-width": `${LANE_WIDTH}px`,
    "--column-width": `${COLUMN_WIDTH}px`,
    "--column-most": many ? `${COLUMN_WIDTH}px` : "1fr",
    "--print-width": `${whole}px`,
    "--print-zoom": Math.min(1, PRINT_WIDTH / whole),
    zoom: zoom === 1 ? undefined : zoom,
  } as CSSProperties;
  return (
    <>
      <div
        ref={grid}
        role="grid"
        aria-label={t("map.label", { name: title })}
        aria-description={t("map.keys")}
        aria-colcount={count + 1}
        className={`${classes.grid} ${scales.scaled}`}
        data-scale={view.scale}
        data-columns={count}
        style={style}
        onKeyDown={onKeyDown}
      >
        <div ref={ruler} className={classes.ruler} aria-hidden="true" />
        <Head model={head} flags={flags} onOpen={onOpen} />
        <div role="rowgroup" className={classes.body}>
          <Lanes
            lanes={lanes}
            folded={folded}
            steady={many}
            actions={actions}
            model={model}
            flags={flags}
            returns={returns}
            columns={drawn}
            stages={stages}
            onOpen={onOpen}
            columnWidth={columnWidth}
          />
        </div>
      </div>
      <span className="visually-hidden" aria-live="polite">
        {said}
      </span>
    </>
  );
}
