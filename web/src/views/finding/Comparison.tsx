import { useElementSize } from "@mantine/hooks";
import type { Compared, Side } from "../../api";
import type { Finding } from "../../data/findings";
import { count, effectDomain, linear, points, pointsInterval, share, shareInterval, ticks } from "../../draw";
import { useWords } from "../../i18n";
import { EffectBar } from "../findings/EffectBar";
import classes from "./finding.module.css";
import { Section } from "./Section";

const ROW = 46;
const FALLBACK_WIDTH = 560;
const AGREES = 0.005;

function Rate({
  side,
  y,
  place,
  who,
}: {
  side: Side;
  y: number;
  place: (value: number) => number;
  who: string;
}) {
  const { language } = useWords();
  const label = `${share(side.rate, language)}`;
  return (
    <g data-role={who} className={classes.rate}>
      <rect x={place(0)} y={y - 9} width={Math.max(1, place(side.rate) - place(0))} height={18} rx={3} />
      <line x1={place(side.low)} x2={place(side.high)} y1={y} y2={y} />
      <circle cx={place(side.rate)} cy={y} r={5} />
      <text x={Math.max(place(side.high), place(side.rate)) + 10} y={y + 5}>
        {label}
      </text>
    </g>
  );
}

/** The share that reached the goal on both sides, with the difference between them drawn as a bracket. */
function Rates({ compared, effect }: { compared: Compared; effect: number }) {
  const { t, language } = useWords();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const room = Math.max(240, width || FALLBACK_WIDTH);
  const most = Math.max(compared.exposed.high, compared.others.high, 0.01);
  const marks = ticks(0, most).filter((mark) => mark <= 1.0001);
  const top = Math.max(most, marks.at(-1) ?? most);
  const place = linear([0, top], [16, room - 62]);
  const [y1, y2] = [ROW * 0.75, ROW * 1.75];
  const bottom = ROW * 2.35;
  const [a, b] = [place(compared.exposed.rate), place(compared.others.rate)];
  // An effect that allows for what is not known may lie beside the plain difference of the rates: then it is told below.
  const agrees = Math.abs(compared.exposed.rate - compared.others.rate - effect) < AGREES;
  return (
    <div ref={ref} className={classes.rates}>
      <svg
        width={room}
        height={bottom + 22}
        role="img"
        aria-label={t("finding.rates_label", {
          exposed: share(compared.exposed.rate, language),
          others: share(compared.others.rate, language),
          effect: points(effect, language),
        })}
      >
        {marks.map((mark) => (
          <g key={mark} className={classes.axis}>
            <line x1={place(mark)} x2={place(mark)} y1={6} y2={bottom} />
            <text x={place(mark)} y={bottom + 16} textAnchor="middle">
              {share(mark, language)}
            </text>
          </g>
        ))}
        <Rate side={compared.exposed} y={y1} place={place} who="exposed" />
        <Rate side={compared.others} y={y2} place={place} who="others" />
        <path d={`M${a},${y1 + 9}V${(y1 + y2) / 2}H${b}V${y2 - 9}`} className={classes.bracket} />
        {agrees && (
          <text x={Math.max(a, b) + 10} y={(y1 + y2) / 2 + 4} className={classes.bracketText}>
            {points(effect, language)}
          </text>
        )}
      </svg>
    </div>
  );
}

function SideFacts({ side, name, who }: { side: Side; name: string; who: string }) {
  const { t, language } = useWords();
  const range = shareInterval(side.low, side.high, language);
  return (
    <div data-role={who} className={classes.side}>
      <dt>{name}</dt>
      <dd>
        <b className="number">{share(side.rate, language)}</b>
        {range && <span className={`number ${classes.more}`}>{t("summary.interval", { range })}</span>}
        <span className={`number ${classes.more}`}>
          {t("unit.journeys", { count: side.n, shown: count(side.n, language) })}
        </span>
      </dd>
    </div>
  );
}

function EffectLine({ finding, margin }: { finding: Finding; margin: number }) {
  const { t, language } = useWords();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const goal = finding.on_goal;
  if (!goal) return null;
  const plain = finding.compared?.plain_difference ?? null;
  const marks = [goal, plain === null ? null : { effect: plain, low: null, high: null }];
  const range = pointsInterval(goal.low, goal.high, language);
  return (
    <div className={classes.effectLine} data-alone={finding.compared === null || undefined}>
      <p>
        <span className={classes.label}>{t("finding.effect")}</span>
        <b className={`number ${classes.big}`}>{points(goal.effect, language)}</b>
        {range && <span className={`number ${classes.more}`}>{t("summary.interval", { range })}</span>}
      </p>
      <div ref={ref}>
        <EffectBar
          estimate={goal}
          margin={margin}
          domain={effectDomain(marks, margin)}
          width={Math.max(200, width || FALLBACK_WIDTH)}
          plain={plain}
          height={30}
          axis
        />
      </div>
      <p className={classes.legend}>
        <span>
          <i className={classes.swatchMargin} aria-hidden="true" />
          {t("finding.margin", { margin: points(margin, language).replace("+", "±") })}
        </span>
        {plain !== null && (
          <span>
            <i className={classes.swatchPlain} aria-hidden="true" />
            {t("finding.plain", { plain: points(plain, language) })}
          </span>
        )}
      </p>
    </div>
  );
}

/** Those who met the obstacle beside others like them: rates, the effect, and what a plain look would have said. */
export function Comparison({ finding, margin }: { finding: Finding; margin: number }) {
  const { t } = useWords();
  const compared = finding.compared;
  if (!compared && !finding.on_goal) return null;
  return (
    <Section title={t(compared ? "finding.comparison" : "finding.effect")} name="comparison">
      {compared && (
        <>
          <dl className={classes.sides}>
            <SideFacts side={compared.exposed} name={t("finding.exposed_side")} who="exposed" />
            <SideFacts side={compared.others} name={t("finding.others_side")} who="others" />
          </dl>
          <Rates
            compared={compared}
            effect={finding.on_goal?.effect ?? compared.exposed.rate - compared.others.rate}
          />
        </>
      )}
      <EffectLine finding={finding} margin={margin} />
    </Section>
  );
}
