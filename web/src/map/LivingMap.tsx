import { useElementSize, useLocalStorage } from "@mantine/hooks";
import { type CSSProperties, useRef } from "react";
import type { Flags } from "../data/findingsModel";
import { useWords } from "../i18n";
import { Lanes } from "./Lanes";
import { MapHead } from "./MapHead";
import classes from "./map.module.css";
import type { MapModel } from "./model";
import { useGridKeys } from "./useGridKeys";

export const LANE_WIDTH = 172;
export const COLUMN_WIDTH = 176;
/** Pixels across a sheet of A3 within its margins. */
const PRINT_WIDTH = 1520;

interface LivingMapProps {
  model: MapModel;
  title: string;
  zoom: number;
  /** Findings by touchpoint, once they are known. */
  flags?: Flags | undefined;
  onOpen: (touchpoint: string) => void;
}

/** The map itself: stages and touchpoints across, lanes down. */
export function LivingMap({ model, title, zoom, flags, onOpen }: LivingMapProps) {
  const { t } = useWords();
  const grid = useRef<HTMLDivElement>(null);
  const onKeyDown = useGridKeys(grid);
  const { ref: ruler, width } = useElementSize();
  const [closed, setClosed] = useLocalStorage<string[]>({ key: "tropa.lanes", defaultValue: [] });
  const toggle = (lane: string) =>
    setClosed((now) => (now.includes(lane) ? now.filter((other) => other !== lane) : [...now, lane]));
  const columns = model.columns.length;
  const measured = (width - LANE_WIDTH) / columns;
  const columnWidth = Math.max(COLUMN_WIDTH, measured);
  const style = {
    "--columns": columns,
    "--lane-width": `${LANE_WIDTH}px`,
    "--column-width": `${COLUMN_WIDTH}px`,
    "--print-width": `${LANE_WIDTH + columnWidth * columns}px`,
    "--print-zoom": Math.min(1, PRINT_WIDTH / (LANE_WIDTH + columnWidth * columns)),
    zoom: zoom === 1 ? undefined : zoom,
  } as CSSProperties;
  return (
    <div
      ref={grid}
      role="grid"
      aria-label={t("map.label", { name: title })}
      aria-description={t("map.keys")}
      className={classes.grid}
      style={style}
      onKeyDown={onKeyDown}
    >
      <div ref={ruler} className={classes.ruler} aria-hidden="true" />
      <MapHead model={model} flags={flags} onOpen={onOpen} />
      <div role="rowgroup" className={classes.body}>
        <Lanes
          lanes={model.lanes}
          closed={new Set(closed)}
          onToggle={toggle}
          columns={model.columns}
          stages={model.stages}
          onOpen={onOpen}
          columnWidth={columnWidth}
        />
      </div>
    </div>
  );
}
