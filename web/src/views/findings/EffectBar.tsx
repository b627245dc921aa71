import { type Domain, type Estimate, effectShape, linear, signed, ticks } from "../../draw";
import { useWords } from "../../i18n";
import classes from "./findings.module.css";

interface EffectBarProps {
  estimate: Estimate;
  margin: number;
  domain: Domain;
  width: number;
  /** What a plain comparison would have said, as a hollow mark for contrast. */
  plain?: number | null;
  height?: number;
  /** Numbers under the bar, for the large picture. */
  axis?: boolean;
}

/** An effect with its interval around zero; within the shaded margin it would not matter. The numbers stand beside. */
export function EffectBar({
  estimate,
  margin,
  domain,
  width,
  plain,
  height = 22,
  axis = false,
}: EffectBarProps) {
  const { language } = useWords();
  const pad = axis ? 18 : 6;
  const inner = width - 2 * pad;
  const shape = effectShape(estimate, margin, domain, inner);
  const place = linear(domain, [0, inner]);
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
    <svg
      width={width}
      height={height + (axis ? 18 : 0)}
      className={classes.effectBar}
      data-side={side}
      aria-hidden="true"
    >
      <g transform={`translate(${pad},0)`}>
        {axis &&
          ticks(domain[0], domain[1], Math.max(2, inner / 90))
            .filter((mark) => mark >= domain[0] && mark <= domain[1])
            .map((mark) => (
              <g key={mark} className={classes.effectAxis}>
                <line x1={place(mark)} x2={place(mark)} y1={0} y2={height} />
                <text x={place(mark)} y={height + 14} textAnchor="middle">
                  {signed(mark * 100, language, 1)}
                </text>
              </g>
            ))}
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
