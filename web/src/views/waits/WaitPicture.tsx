import { useMemo } from "react";
import { Link } from "react-router";
import type { WaitBar, WaitTimes } from "../../api";
import { type By, useWaitTimes } from "../../data/explore";
import type { Conditions, Explore } from "../../data/exploreAddress";
import { count, duration, interval, type Language, share, shareInterval } from "../../draw";
import { useWords } from "../../i18n";
import kit from "../explore/explore.module.css";
import { Figure, Loaded, Nothing, Scroll, ToJourneys } from "../explore/kit";
import { placeOf } from "./bars";
import classes from "./waits.module.css";

const WIDTH = 560;
const HEIGHT = 230;
const FOOT = 46;
const TOP = 26;

interface PictureProps {
  by: By;
  source: string;
  target: string | null;
  explore: Explore;
  linkOf: (limits: Pick<Conditions, "longer" | "shorter">) => string;
}

/** How one wait is spread, with the promise marked; every bar opens its journeys. */
export function WaitPicture({ by, source, target, explore, linkOf }: PictureProps) {
  const { t } = useWords();
  const own = useMemo(() => ({ by, source, ...(target ? { target } : {}) }), [by, source, target]);
  const asked = useWaitTimes(explore.filters, own, source !== "");
  return (
    <section className={kit.card} aria-label={t("explore.waits.picture")} data-picture="">
      <Loaded asked={asked}>
        {(told) =>
          told.n === 0 ? <Nothing title={t("explore.waits.nobody")} /> : <Told told={told} linkOf={linkOf} />
        }
      </Loaded>
    </section>
  );
}

function Told({ told, linkOf }: { told: WaitTimes; linkOf: PictureProps["linkOf"] }) {
  const { t, language } = useWords();
  const write = (seconds: number) => duration(seconds, language);
  return (
    <>
      <h2>
        <bdi>{told.source}</bdi> → <bdi>{told.target ?? t("explore.waits.anything")}</bdi>
      </h2>
      <dl className={kit.figures}>
        <Figure
          name={t("explore.median")}
          value={duration(told.median_seconds, language)}
          more={interval(told.median_seconds_low, told.median_seconds_high, write)}
        />
        <Figure name={t("explore.p90")} value={duration(told.p90_seconds, language)} />
        <Figure name={t("explore.mean_time")} value={duration(told.mean_seconds, language)} />
        <Figure
          name={t("explore.journeys_n")}
          value={<ToJourneys to={linkOf({})} n={told.journeys} />}
          more={t("explore.waits.steps", { n: count(told.n, language) })}
        />
        {told.promise_seconds !== null && (
          <Figure
            name={t("explore.waits.late", { promise: duration(told.promise_seconds, language) })}
            value={
              <Link className={`number ${kit.link}`} to={linkOf({ longer: told.promise_seconds })}>
                {share(told.late_share, language)}
              </Link>
            }
            more={shareInterval(told.late_share_low, told.late_share_high, language)}
          />
        )}
      </dl>
      <Bars told={told} linkOf={linkOf} />
      <details style={{ marginTop: 8 }}>
        <summary>{t("explore.as_table")}</summary>
        <Scroll card={false} label={t("explore.as_table")}>
          <table className={kit.table}>
            <thead>
              <tr>
                <th scope="col">{t("explore.waits.took")}</th>
                <th scope="col" data-number="">
                  {t("explore.steps_n")}
                </th>
                <th scope="col" data-number="">
                  {t("explore.journeys_n")}
                </th>
              </tr>
            </thead>
            <tbody>
              {told.bars.map((bar) => (
                <tr key={bar.from_seconds}>
                  <th scope="row">{spanOf(bar, language)}</th>
                  <td data-number="">{count(bar.steps, language)}</td>
                  <td data-number="">
                    <ToJourneys to={linkOf(limitsOf(bar))} n={bar.journeys} label={spanOf(bar, language)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
    </>
  );
}

const limitsOf = (bar: WaitBar): Pick<Conditions, "longer" | "shorter"> => ({
  ...(bar.from_seconds > 0 ? { longer: bar.from_seconds } : {}),
  ...(bar.to_seconds === null ? {} : { shorter: bar.to_seconds }),
});

const spanOf = (bar: WaitBar, language: Language): string =>
  bar.to_seconds === null
    ? `> ${duration(bar.from_seconds, language)}`
    : `${bar.from_seconds > 0 ? duration(bar.from_seconds, language) : "0"} – ${duration(bar.to_seconds, language)}`;

function Bars({ told, linkOf }: { told: WaitTimes; linkOf: PictureProps["linkOf"] }) {
  const { t, language } = useWords();
  const most = Math.max(1, ...told.bars.map((bar) => bar.steps));
  const wide = WIDTH / Math.max(told.bars.length, 6);
  const tall = HEIGHT - FOOT - TOP;
  const every = Math.ceil(told.bars.length / 8);
  const marks = [
    { name: t("explore.waits.median_mark"), seconds: told.median_seconds, promise: false },
    { name: t("explore.waits.promise_mark"), seconds: told.promise_seconds, promise: true },
  ].flatMap(({ name, seconds, promise }) => {
    const place = seconds === null ? null : placeOf(seconds, told.bars);
    return place === null
      ? []
      : [{ name: `${name} ${duration(seconds, language)}`, x: place * wide, promise }];
  });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture with parts is a group, no set of fields
    <svg
      className={classes.picture}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="group"
      aria-label={t("explore.waits.picture")}
    >
      {told.bars.map((bar, place) => {
        const height = bar.steps ? Math.max(1.5, (bar.steps / most) * tall) : 0;
        const late = told.promise_seconds !== null && bar.from_seconds >= told.promise_seconds;
        const text = `${spanOf(bar, language)}: ${count(bar.steps, language)}`;
        return (
          <g key={bar.from_seconds}>
            {bar.steps > 0 && (
              <Link to={linkOf(limitsOf(bar))} aria-label={text}>
                <title>{text}</title>
                <rect x={place * wide + 1} y={TOP} width={wide - 2} height={tall} className={classes.hit} />
                <rect
                  x={place * wide + 1}
                  y={TOP + tall - height}
                  width={wide - 2}
                  height={height}
                  rx="2"
                  className={classes.bar}
                  data-late={late || undefined}
                />
              </Link>
            )}
            {place % every === 0 && bar.to_seconds !== null && (
              <text x={(place + 1) * wide} y={HEIGHT - FOOT + 16} className={classes.tick}>
                {duration(bar.to_seconds, language)}
              </text>
            )}
          </g>
        );
      })}
      <line x1="0" x2={WIDTH} y1={TOP + tall} y2={TOP + tall} className={classes.axis} />
      {marks.map((mark, place) => (
        <g key={mark.name} className={classes.mark} data-promise={mark.promise || undefined}>
          <line x1={mark.x} x2={mark.x} y1={TOP - 4} y2={TOP + tall} />
          <text
            x={mark.x > WIDTH * 0.6 ? mark.x - 4 : mark.x + 4}
            y={place === 0 ? 10 : 23}
            textAnchor={mark.x > WIDTH * 0.6 ? "end" : "start"}
          >
            {mark.name}
          </text>
        </g>
      ))}
      <text x="0" y={HEIGHT - 6} className={classes.tick} style={{ textAnchor: "start" }}>
        {t("explore.waits.axis")}
      </text>
    </svg>
  );
}
