import {
  bandPath,
  bridges,
  type CurvePoint,
  count,
  ENOUGH,
  linear,
  linePath,
  runs,
  signed,
} from "../../draw";
import { useWords } from "../../i18n";
import { Face } from "../../ui/Face";
import { Cell } from "../Cell";
import classes from "../map.module.css";
import type { Column } from "../model";
import type { LaneProps } from "./types";

export const CURVE_HEIGHT = 176;
export const MARGIN = 40;
const STEP = 25;

type Height = (emotion: number) => number;

const hasMood = (column: Column): boolean =>
  column.row !== null && column.row.emotion !== null && column.row.emotion_n > 0;

const enough = (column: Column): boolean => hasMood(column) && (column.row?.emotion_n ?? 0) >= ENOUGH;

/** The scale reaches a round step beyond the farthest mood and is the same both ways, so that zero is in the middle. */
export function moodScale(columns: readonly Column[]): { most: number; height: Height } {
  const sizes = columns.filter(enough).map((column) => Math.abs(column.row?.emotion ?? 0));
  const most = Math.min(100, Math.max(50, Math.ceil(Math.max(0, ...sizes) / STEP) * STEP));
  const scale = linear([-most, most], [CURVE_HEIGHT - MARGIN, MARGIN]);
  return { most, height: (emotion) => scale(Math.max(-most * 1.15, Math.min(most * 1.15, emotion))) };
}

/** Too few answers make no point of the line: one angry customer would bend it. */
function pointOf(column: Column, columnWidth: number, height: Height): CurvePoint | null {
  const row = column.row;
  if (!row || !enough(column) || row.emotion === null) return null;
  return {
    x: (column.index + 0.5) * columnWidth,
    y: height(row.emotion),
    low: height(row.emotion_low ?? row.emotion),
    high: height(row.emotion_high ?? row.emotion),
  };
}

/** The curve alone, for the overlay of the lane and for the small picture on a phone. */
export function EmotionCurve({
  columns,
  columnWidth,
  total,
}: {
  columns: Column[];
  columnWidth: number;
  total: number;
}) {
  const { height } = moodScale(columns);
  const found = runs(columns.map((column) => pointOf(column, columnWidth, height)));
  return (
    <>
      <line x1={0} x2={total} y1={height(0)} y2={height(0)} stroke="var(--line-2)" strokeDasharray="3 4" />
      {found.map((run) => (
        <path key={`band${run[0]?.x}`} d={bandPath(run)} fill="var(--flow)" opacity="0.6" />
      ))}
      {bridges(found).map(({ from, to }) => (
        <line
          key={`gap${from.x}`}
          x1={from.x}
          y1={from.y}
          x2={to.x}
          y2={to.y}
          stroke="var(--flow-edge)"
          strokeDasharray="2 6"
          strokeLinecap="round"
          strokeWidth="1.8"
          opacity="0.75"
          vectorEffect="non-scaling-stroke"
        />
      ))}
      {found.map((run) => (
        <path key={`line${run[0]?.x}`} d={linePath(run)} className={classes.curve} />
      ))}
      {found.flat().map((point) => (
        <g key={`point${point.x}`}>
          <path d={`M${point.x},${point.low}V${point.high}`} className={classes.whisker} />
          <path d={`M${point.x},${point.y}h0.01`} className={classes.curveDot} />
        </g>
      ))}
    </>
  );
}

/** The emotion curve with its interval; a gap where nobody answered, a dashed face where too few did. */
export function EmotionLane({ columns, onOpen, columnWidth }: LaneProps) {
  const { t, language } = useWords();
  const total = columnWidth * columns.length;
  const { most, height } = moodScale(columns);
  return (
    <>
      <span className={classes.axis} aria-hidden="true">
        {[most, 0, -most].map((tick) => (
          <span key={tick} className="number" style={{ top: height(tick) }}>
            {signed(tick, language)}
          </span>
        ))}
      </span>
      <svg className={classes.overlay} height={CURVE_HEIGHT} aria-hidden="true">
        <EmotionCurve columns={columns} columnWidth={columnWidth} total={total} />
      </svg>
      {columns.map((column) => {
        const row = column.row;
        const emotion = hasMood(column) ? (row?.emotion ?? null) : null;
        const n = row?.emotion_n ?? 0;
        return (
          <Cell
            key={column.index}
            column={column.index}
            stageStart={column.firstOfStage}
            className={classes.emotionCell}
            onOpen={() => onOpen(column.name)}
          >
            {emotion === null ? (
              <span className={classes.silent} style={{ top: height(0) + 6 }}>
                {t("map.no_answers")}
              </span>
            ) : (
              <span
                className={classes.mood}
                style={{ top: height(emotion) - 11 }}
                data-below={emotion < 0 || undefined}
              >
                <Face emotion={emotion} enough={n >= ENOUGH} />
                <span className={classes.moodText}>
                  <b className="number" data-few={n < ENOUGH || undefined}>
                    {signed(emotion, language)}
                  </b>
                  <span className={`number ${classes.quiet}`}>
                    {t("summary.n", { n: count(n, language) })}
                  </span>
                </span>
              </span>
            )}
          </Cell>
        );
      })}
    </>
  );
}
