import { Skeleton, Switch, UnstyledButton } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { type CSSProperties, useMemo, useRef, useState } from "react";
import type { Touchpoints } from "../../api";
import { type Compared, useComparison } from "../../data/compare";
import { ErrorPanel } from "../../data/ErrorPanel";
import type { Filters } from "../../data/queries";
import type { Scale } from "../../data/view";
import { useWords } from "../../i18n";
import { COLUMN_WIDTH, LANE_WIDTH } from "../../map/LivingMap";
import { MapHead } from "../../map/MapHead";
import mapClasses from "../../map/map.module.css";
import type { MapModel, StageColumn } from "../../map/model";
import scales from "../../map/scales.module.css";
import { useGridKeys } from "../../map/useGridKeys";
import { PairCell } from "./CompareCells";
import { TwoCurves, TwoStreams } from "./CompareFlow";
import { CompareHead } from "./CompareHead";
import classes from "./compare.module.css";
import { type ComparedColumn, compareColumns, MEASURES, strongest } from "./model";
import { groupText, writer } from "./words";

interface CompareProps {
  model: MapModel;
  filters: Filters;
  groups: readonly string[];
  scale: Scale;
  onOpen: (touchpoint: string) => void;
  onClear: () => void;
}

/** The columns that are shown, as a map of their own: placed anew, with the stages over them. */
function headOf(model: MapModel, shown: readonly ComparedColumn[]): MapModel {
  const columns = shown.map(({ column }, index) => ({
    ...column,
    index,
    firstOfStage: column.stage !== shown[index - 1]?.column.stage,
  }));
  const stages = model.stages.flatMap((stage): StageColumn[] => {
    const start = columns.findIndex((column) => column.stage === stage.index);
    const span = columns.filter((column) => column.stage === stage.index).length;
    return span > 0 ? [{ ...stage, start, span, row: null }] : [];
  });
  return { ...model, columns, stages };
}

function Rows({
  columns,
  model,
  columnWidth,
  onOpen,
}: {
  columns: readonly ComparedColumn[];
  model: MapModel;
  columnWidth: number;
  onOpen: (touchpoint: string) => void;
}) {
  const { t } = useWords();
  return MEASURES.map((measure) => (
    <div key={measure} role="row" className={mapClasses.row} data-row={measure} data-measured="true">
      <div role="rowheader" className={mapClasses.laneHead}>
        <span className={mapClasses.laneTitle}>{t(`compare.measure.${measure}`)}</span>
      </div>
      {columns.map((one, i) => (
        <PairCell
          key={one.column.index}
          column={one.column}
          at={i}
          stageStart={model.columns[i]?.firstOfStage ?? false}
          pair={one.pairs[measure]}
          measure={measure}
          onOpen={onOpen}
        />
      ))}
      {measure === "share" && <TwoStreams columns={columns} columnWidth={columnWidth} />}
      {measure === "emotion" && <TwoCurves columns={columns} columnWidth={columnWidth} />}
    </div>
  ));
}

function Grid({
  model,
  told,
  scale,
  onOpen,
  onlyDiffering,
}: {
  model: MapModel;
  told: Compared<Touchpoints>;
  scale: Scale;
  onOpen: (touchpoint: string) => void;
  onlyDiffering: boolean;
}) {
  const { t, language } = useWords();
  const grid = useRef<HTMLDivElement>(null);
  const { ref: ruler, width } = useElementSize();
  const all = useMemo(() => compareColumns(model.columns, told), [model, told]);
  const columns = useMemo(
    () => (onlyDiffering ? all.filter((one) => one.differing > 0) : all),
    [all, onlyDiffering],
  );
  const head = useMemo(() => headOf(model, columns), [model, columns]);
  const ends = { first: 0, last: columns.length - 1, stages: head.stages.map((stage) => stage.start) };
  const onKeyDown = useGridKeys(grid, { ends, reveal: () => {} });
  const top = strongest(all, 6);
  const columnWidth = Math.max(COLUMN_WIDTH, (width - LANE_WIDTH) / Math.max(1, columns.length));
  const reveal = (name: string) => {
    const at = columns.findIndex((one) => one.column.name === name);
    grid.current
      ?.querySelector<HTMLElement>(`[data-column="${at}"]`)
      ?.scrollIntoView({ inline: "center", block: "nearest" });
  };
  if (!columns.length) return <p className={classes.none}>{t("compare.nothing")}</p>;
  return (
    <>
      {top.length > 0 && (
        <ul className={classes.top} aria-label={t("compare.strongest")}>
          {top.map(({ column, measure, pair }) => (
            <li key={`${column.name}${measure}`}>
              <UnstyledButton onClick={() => reveal(column.name)} data-side={pair.side}>
                <bdi>{column.name}</bdi>
                <span className="number">
                  {t(`compare.measure.${measure}`)}: {writer(measure, language).change(pair.change)}
                </span>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
      <section
        className={`${mapClasses.scroller} ${classes.scroller}`}
        id="map"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys
        tabIndex={0}
        aria-label={t("compare.side_by_side")}
      >
        <div
          ref={grid}
          role="grid"
          aria-label={t("compare.title")}
          className={`${mapClasses.grid} ${scales.scaled}`}
          data-scale={scale}
          data-columns={columns.length}
          style={
            {
              "--columns": columns.length,
              "--lane-width": `${LANE_WIDTH}px`,
              "--column-width": `${COLUMN_WIDTH}px`,
              "--print-width": `${LANE_WIDTH + columnWidth * columns.length}px`,
              "--print-zoom": Math.min(1, 1520 / (LANE_WIDTH + columnWidth * columns.length)),
            } as CSSProperties
          }
          onKeyDown={onKeyDown}
        >
          <div ref={ruler} className={mapClasses.ruler} aria-hidden="true" />
          <MapHead model={head} flags={undefined} onOpen={onOpen} />
          <div role="rowgroup" className={mapClasses.body}>
            <Rows columns={columns} model={head} columnWidth={columnWidth} onOpen={onOpen} />
          </div>
        </div>
      </section>
    </>
  );
}

/** Two groups side by side on the map; only what really differs is in colour. */
export default function CompareMap({ model, filters, groups, scale, onOpen, onClear }: CompareProps) {
  const { t, language } = useWords();
  const asked = useComparison(filters, groups);
  const [only, setOnly] = useState(false);
  if (asked.error)
    return <ErrorPanel error={asked.error} onRetry={() => void asked.refetch()} onClear={onClear} />;
  if (!asked.data)
    return (
      <div className={classes.waiting} aria-busy="true">
        <Skeleton height={60} radius="md" mb="md" />
        <Skeleton height={360} radius="md" />
      </div>
    );
  const names = groups.map((group) => groupText(group, t, language));
  return (
    <div className={classes.compare} data-compare="">
      <CompareHead names={names} told={asked.data} onClear={onClear}>
        <Switch
          size="xs"
          checked={only}
          onChange={(event) => setOnly(event.currentTarget.checked)}
          label={t("compare.only")}
        />
      </CompareHead>
      <Grid model={model} told={asked.data.places} scale={scale} onOpen={onOpen} onlyDiffering={only} />
    </div>
  );
}
