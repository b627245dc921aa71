import { memo } from "react";
import {
  bandPath,
  bridges,
  type CurvePoint,
  count,
  ENOUGH,
  interval,
  linear,
  linePath,
  runs,
  signed,
} from "../../draw";
import { useWords } from "../../i18n";
import { Face } from "../../ui/Face";
import { Cell } from "../Cell";
import laneClasses from "../lanes.module.css";
import classes from "../map.module.css";
import { type Column, type MapModel, markOf } from "../model";
import { apartOf, hasMood, MARK, moodOf } from "../mood";
import type { LaneProps } from "./types";

export const CURVE_HEIGHT = 176;
export const MARGIN = 40;
const STEP = 25;

type Height = (emotion: number) => number;

/** The scale reaches a round step beyond the farthest mood and is the same both ways, so that zero is in the middle. */
export function moodScale(columns: readonly Column[]): { most: number; height: Height } {
  const moods = columns.map((column) => moodOf(column) ?? 0);
  const marks = columns.map((column) => (markOf(column) ?? 0) * MARK);
  const sizes = [...moods, ...marks].map(Math.abs);
  const most = Math.min(100, Math.max(50, Math.ceil(Math.max(0, ...sizes) / STEP) * STEP));
  const scale = linear([-most, most], [CURVE_HEIGHT - MARGIN, MARGIN]);
  // Too few answers may lie beyond: they stand on the edge of the scale, and never fly out of the lane.
  return { most, height: (emotion) => scale(Math.max(-most, Math.min(most, emotion))) };
}

/** Too few answers make no point of the line: one angry customer would bend it. */
function pointOf(column: Column, columnWidth: number, height: Height): CurvePoint | null {
  const mood = moodOf(column);
  const row = column.row;
  if (mood === null || !row) return null;
  return {
    x: (column.index + 0.5) * columnWidth,
    y: height(mood),
    low: height(row.emotion_low ?? mood),
    high: height(row.emotion_high ?? mood),
  };
}

const FACE = 22;
/** From the middle of a face to the middle of what is written above or below it. */
const BESIDE = 22;
/** Two lines nearer to each other than this lie on one another. */
const LINE = 16;
/** Where the flag of the disagreement begins. */
const FLAG_TOP = 150;

/** Where the measured mood is written: on the outer side of its face, unless the author's mark or the flag is there. */
export function moodTextAt(column: Column, height: Height): number {
  const emotion = hasMood(column) ? (column.row?.emotion ?? null) : null;
  if (emotion === null) return height(0) + 13;
  const mark = markOf(column);
  const [above, below] = [height(emotion) - BESIDE, height(emotion) + BESIDE];
  const from = mark === null ? null : height(mark * MARK);
  const flagged = apartOf(column) !== null;
  const isFree = (at: number) =>
    (!flagged || at + LINE / 2 <= FLAG_TOP) && (from === null || Math.abs(from - at) >= LINE);
  const [outer, inner] = emotion < 0 ? [below, above] : [above, below];
  const beyond = (from ?? 0) + (emotion < 0 ? -LINE : LINE);
  return [outer, inner].find(isFree) ?? beyond;
}

/** By how much the words at the author's mark leave its side, so that they do not lie on the measured mood. */
export function markShift(mark: number, text: number): number {
  if (Math.abs(mark - text) >= LINE) return 0;
  const away = text + (mark < text ? -LINE : LINE);
  const free = away + LINE / 2 <= FLAG_TOP ? away : text - LINE;
  return free - mark;
}

interface CurveProps {
  columns: Column[];
  columnWidth: number;
  total: number;
  /** Without the points: where there are so many of them that they would hide the line. */
  bare?: boolean;
}

/** The author's own curve: a dashed pen on paper, never to be taken for the measured one. */
function AuthorCurve({
  columns,
  columnWidth,
  height,
}: Pick<CurveProps, "columns" | "columnWidth"> & { height: Height }) {
  const points = columns.map((column) => {
    const mark = markOf(column);
    return mark === null ? null : { x: (column.index + 0.5) * columnWidth, y: height(mark * MARK) };
  });
  return runs(points).map((run) => (
    <path key={`author${run[0]?.x}`} d={linePath(run)} className={laneClasses.authorCurve} />
  ));
}

/** The curves alone, for the overlay of the lane and for the small picture on a phone. */
export function EmotionCurve({ columns, columnWidth, total, bare = false }: CurveProps) {
  const { height } = moodScale(columns);
  const found = runs(columns.map((column) => pointOf(column, columnWidth, height)));
  return (
    <>
      <line x1={0} x2={total} y1={height(0)} y2={height(0)} stroke="var(--line-2)" strokeDasharray="3 4" />
      <AuthorCurve columns={columns} columnWidth={columnWidth} height={height} />
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
      {!bare &&
        found.flat().map((point) => (
          <g key={`point${point.x}`}>
            <path d={`M${point.x},${point.low}V${point.high}`} className={classes.whisker} />
            <path d={`M${point.x},${point.y}h0.01`} className={classes.curveDot} />
          </g>
        ))}
    </>
  );
}

function Mood({
  column,
  height,
  most,
  asked,
}: {
  column: Column;
  height: Height;
  most: number;
  /** Whether anybody was heard anywhere: else the lane is the author's alone. */
  asked: boolean;
}) {
  const { t, language } = useWords();
  const emotion = hasMood(column) ? (column.row?.emotion ?? null) : null;
  const n = column.row?.emotion_n ?? 0;
  if (emotion === null && !asked) return null;
  if (emotion === null)
    return (
      <span className={classes.silent} style={{ top: height(0) + 6 }}>
        {t("map.no_answers")}
      </span>
    );
  const beyond = Math.abs(emotion) > most;
  return (
    <span className={classes.mood} style={{ top: height(emotion) - FACE / 2 }}>
      <Face emotion={emotion} enough={n >= ENOUGH} />
      <span
        className={classes.moodText}
        style={{ top: moodTextAt(column, height) - height(emotion) + FACE / 2 }}
      >
        <b className="number" data-few={n < ENOUGH || undefined}>
          {signed(emotion, language)}
        </b>
        {beyond && (
          <span className={laneClasses.beyond} title={t("living.beyond")}>
            {emotion > 0 ? "▲" : "▼"}
          </span>
        )}
        <span className={`number ${classes.quiet}`}>{t("summary.n", { n: count(n, language) })}</span>
      </span>
    </span>
  );
}

/** The author's mark beside the measured mood, and a flag where the customers say otherwise. */
function Mark({ column, height }: { column: Column; height: Height }) {
  const { t, language } = useWords();
  const mark = markOf(column);
  if (mark === null) return null;
  const apart = apartOf(column);
  const row = column.row;
  return (
    <>
      <span className={laneClasses.authorMark} style={{ top: height(mark * MARK) }}>
        <i aria-hidden="true" />
        <span
          className="number"
          style={{ translate: `0 ${markShift(height(mark * MARK), moodTextAt(column, height))}px` }}
        >
          {t("living.author_mark", { mark: signed(mark, language, 1) })}
        </span>
      </span>
      {apart !== null && row && (
        <span className={laneClasses.apart}>
          <span
            data-apart={apart}
            title={t("living.apart_about", {
              mark: signed(mark, language, 1),
              point: signed(mark * MARK, language),
              said: signed(row.emotion, language),
              range: interval(row.emotion_low, row.emotion_high, (value) => signed(value, language)) ?? "",
            })}
          >
            {t(apart > 0 ? "living.apart_better" : "living.apart_worse")}
          </span>
        </span>
      )}
    </>
  );
}

/** The emotion curve with its interval; a gap where nobody answered, a dashed face where too few did. */
export const EmotionLane = memo(function EmotionLane({
  columns,
  model,
  onOpen,
  columnWidth,
}: LaneProps & { model: MapModel }) {
  const { language } = useWords();
  const total = columnWidth * model.columns.length;
  const { most, height } = moodScale(model.columns);
  const asked = model.columns.some(hasMood);
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
        <EmotionCurve columns={model.columns} columnWidth={columnWidth} total={total} />
      </svg>
      {columns.map((column) => (
        <Cell
          key={column.index}
          column={column.index}
          stageStart={column.firstOfStage}
          className={classes.emotionCell}
          onOpen={() => onOpen(column.name)}
        >
          <Mood column={column} height={height} most={most} asked={asked} />
          <Mark column={column} height={height} />
        </Cell>
      ))}
    </>
  );
});
