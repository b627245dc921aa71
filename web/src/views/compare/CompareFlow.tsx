import { bandPath, type CurvePoint, ENOUGH, flow, linear, linePath, runs } from "../../draw";
import mapClasses from "../../map/map.module.css";
import classes from "./compare.module.css";
import type { ComparedColumn } from "./model";

const HEIGHT = 46;
const CURVE = 120;
const EDGE = 16;

interface DrawnProps {
  columns: readonly ComparedColumn[];
  columnWidth: number;
}

/** Two streams back to back, each in shares of its own group: the first above the line, the second below. */
export function TwoStreams({ columns, columnWidth }: DrawnProps) {
  const box = { columnWidth, height: HEIGHT, depth: HEIGHT, most: 1 };
  const ribbon = (read: (one: ComparedColumn) => number) =>
    flow(
      columns.map((one) => ({ journeys: read(one), dropOff: 0 })),
      box,
    ).ribbon;
  return (
    <svg className={`${mapClasses.overlay} ${classes.drawn}`} height={2 * HEIGHT + 2} aria-hidden="true">
      {/* Behind the touchpoints, their stages: who was in the stage but not here is seen going past. */}
      <g className={classes.firstFill} transform={`translate(0 ${HEIGHT}) scale(1 -1)`}>
        <path d={ribbon((one) => one.through.first)} opacity={0.38} />
        <path d={ribbon((one) => one.first?.share ?? 0)} />
      </g>
      <g className={classes.secondFill} transform={`translate(0 ${HEIGHT + 2})`}>
        <path d={ribbon((one) => one.through.second)} opacity={0.38} />
        <path d={ribbon((one) => one.second?.share ?? 0)} />
      </g>
    </svg>
  );
}

/** Both emotion curves with their bands. */
export function TwoCurves({ columns, columnWidth }: DrawnProps) {
  const height = linear([-100, 100], [CURVE - EDGE, EDGE]);
  const points = (side: "first" | "second"): (CurvePoint | null)[] =>
    columns.map((one, i) => {
      const row = one[side];
      if (!row || row.emotion === null || row.emotion_n < ENOUGH) return null;
      return {
        x: (i + 0.5) * columnWidth,
        y: height(row.emotion),
        low: height(row.emotion_low ?? row.emotion),
        high: height(row.emotion_high ?? row.emotion),
      };
    });
  return (
    <svg className={`${mapClasses.overlay} ${classes.drawn}`} height={CURVE} aria-hidden="true">
      <line
        x1={0}
        x2={columns.length * columnWidth}
        y1={height(0)}
        y2={height(0)}
        stroke="var(--line-2)"
        strokeDasharray="3 4"
      />
      {(["first", "second"] as const).flatMap((side) =>
        runs(points(side)).map((run) => (
          <g key={`${side}${run[0]?.x}`} className={classes[side]}>
            <path d={bandPath(run)} className={classes.band} />
            <path d={linePath(run)} className={classes.line} />
            {run.map((point) => (
              <path key={point.x} d={`M${point.x},${point.y}h0.01`} className={classes.dot} />
            ))}
          </g>
        )),
      )}
    </svg>
  );
}
