import { type Domain, type Estimate, effectShape } from "../../draw";
import classes from "./findings.module.css";

interface EffectBarProps {
  estimate: Estimate;
  margin: number;
  domain: Domain;
  width: number;
  /** What a plain comparison would have said, as a hollow mark for contrast. */
  plain?: number | null;
  height?: number;
}

/** An effect with its interval around zero; within the shaded margin it would not matter. The numbers stand beside. */
export function EffectBar({ estimate, margin, domain, width, plain, height = 22 }: EffectBarProps) {
  const pad = 6;
  const inner = width - 2 * pad;
  const shape = effectShape(estimate, margin, domain, inner);
  const middle = height / 2;
  const side = !shape.interval
    ? "unsure"
    : shape.interval[1] < shape.margin[0]
      ? "worse"
      : shape.interval[0] > shape.margin[1]
        ? "better"
        : "unsure";
  const hollow =
    plain === undefined || plain === null
      ? null
      : effectShape({ effect: plain, low: null, high: null }, margin, domain, inner).point;
  return (
    <svg width={width} height={height} className={classes.effectBar} data-side={side} aria-hidden="true">
      <g transform={`translate(${pad},0)`}>
        <rect
          x={shape.margin[0]}
          y={1}
          width={shape.margin[1] - shape.margin[0]}
          height={height - 2}
          className={classes.marginBand}
        />
        <line x1={shape.zero} x2={shape.zero} y1={0} y2={height} className={classes.zeroLine} />
        {shape.interval && (
          <line
            x1={shape.interval[0]}
            x2={shape.interval[1]}
            y1={middle}
            y2={middle}
            className={classes.intervalLine}
          />
        )}
        {shape.openLeft && (
          <path d={`M5,${middle - 4}L0,${middle}L5,${middle + 4}`} className={classes.arrow} />
        )}
        {shape.openRight && (
          <path
            d={`M${inner - 5},${middle - 4}L${inner},${middle}L${inner - 5},${middle + 4}`}
            className={classes.arrow}
          />
        )}
        {hollow !== null && (
          <path d={`M${hollow},${middle - 5}l5,5l-5,5l-5,-5Z`} className={classes.plainMark} />
        )}
        <circle cx={shape.point} cy={middle} r={4} className={classes.pointMark} />
      </g>
    </svg>
  );
}
