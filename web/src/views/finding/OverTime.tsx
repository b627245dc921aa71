import { SegmentedControl } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useState } from "react";
import type { Finding } from "../../data/findings";
import {
  count,
  day,
  dayPlace,
  linePath,
  runs,
  share,
  shareOf,
  ticks,
  type WeekScale,
  weekMarks,
} from "../../draw";
import { useWords } from "../../i18n";
import classes from "./finding.module.css";
import { Section } from "./Section";

const FALLBACK_WIDTH = 560;
const LEFT = 46;
const SHARE_HEIGHT = 130;
const BAR_HEIGHT = 44;
const LABELS = 6;
const GAP = 30;

function Since({ finding, scale, height }: { finding: Finding; scale: WeekScale; height: number }) {
  const { t, language } = useWords();
  const at = dayPlace(finding.since, scale);
  if (at === null) return null;
  const [low, high] = [dayPlace(finding.since_low, scale), dayPlace(finding.since_high, scale)];
  const right = at > scale.width * 0.6;
  return (
    <g className={classes.sinceMark}>
      {low !== null && high !== null && (
        <rect x={low} y={-8} width={Math.max(2, high - low)} height={height + 8} />
      )}
      <line x1={at} x2={at} y1={-8} y2={height} />
      <text x={at + (right ? -6 : 6)} y={-12} textAnchor={right ? "end" : "start"}>
        {t("findings.since", { day: day(finding.since, language, false) })}
      </text>
    </g>
  );
}

function Chart({ finding }: { finding: Finding }) {
  const { t, language } = useWords();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const room = Math.max(260, width || FALLBACK_WIDTH) - LEFT - 10;
  const weeks = finding.weeks;
  const most = Math.max(0.001, ...weeks.map((week) => shareOf(week) ?? 0));
  const marks = ticks(0, most, 3);
  const scale: WeekScale = {
    weeks,
    width: room,
    shareHeight: SHARE_HEIGHT,
    barHeight: BAR_HEIGHT,
    mostShare: marks.at(-1) ?? most,
  };
  const placed = weekMarks(scale);
  const lines = runs(placed.map((mark) => (mark.y === null ? null : { x: mark.x, y: mark.y })));
  const base = SHARE_HEIGHT + GAP + BAR_HEIGHT;
  const every = Math.ceil(weeks.length / Math.max(2, Math.min(LABELS, Math.floor(room / 74))));
  return (
    <div ref={ref}>
      <svg
        width={room + LEFT + 10}
        height={base + 46}
        role="img"
        aria-label={t("finding.weeks_label", { weeks: weeks.length })}
        className={classes.weeks}
      >
        <g transform={`translate(${LEFT},24)`}>
          {marks.map((mark) => {
            const y = SHARE_HEIGHT * (1 - mark / scale.mostShare);
            return (
              <g key={mark} className={classes.axis}>
                <line x1={0} x2={room} y1={y} y2={y} />
                <text x={-8} y={y + 4} textAnchor="end">
                  {share(mark, language)}
                </text>
              </g>
            );
          })}
          <Since finding={finding} scale={scale} height={base} />
          {lines.map((line) => (
            <path key={line[0]?.x} d={linePath(line)} className={classes.weekLine} />
          ))}
          {placed.map((mark, i) =>
            mark.y === null ? null : (
              <circle
                key={weeks[i]?.week}
                cx={mark.x}
                cy={mark.y}
                r={3.2}
                className={classes.weekPoint}
                data-few={mark.few || undefined}
              />
            ),
          )}
          <g transform={`translate(0,${SHARE_HEIGHT + GAP})`}>
            {placed.map((mark, i) => (
              <rect
                key={weeks[i]?.week}
                x={mark.bar.x}
                width={mark.bar.width}
                y={BAR_HEIGHT - mark.bar.height}
                height={mark.bar.height}
                className={classes.weekBar}
              >
                <title>
                  {day(weeks[i]?.week, language)}:{" "}
                  {t("finding.week_title", {
                    exposed: count(weeks[i]?.exposed, language),
                    reached: count(weeks[i]?.reached, language),
                    share: share(mark.share, language),
                  })}
                </title>
              </rect>
            ))}
            <text x={0} y={-4} className={classes.axisText}>
              {t("finding.reached")}
            </text>
          </g>
          {placed.map((mark, i) =>
            i % every === 0 ? (
              <text
                key={weeks[i]?.week}
                x={mark.x}
                y={base + 17}
                textAnchor="middle"
                className={classes.axisText}
              >
                {day(weeks[i]?.week, language, false)}
              </text>
            ) : null,
          )}
        </g>
      </svg>
    </div>
  );
}

function Table({ finding }: { finding: Finding }) {
  const { t, language } = useWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys
    <section className={classes.tableBox} tabIndex={0} aria-label={t("finding.weeks")}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("finding.week")}</th>
            <th scope="col">{t("finding.reached")}</th>
            <th scope="col">{t("findings.exposed")}</th>
            <th scope="col">{t("finding.share")}</th>
          </tr>
        </thead>
        <tbody>
          {finding.weeks.map((week) => (
            <tr key={week.week}>
              <th scope="row" className="number">
                {day(week.week, language)}
              </th>
              <td className="number">{count(week.reached, language)}</td>
              <td className="number">{count(week.exposed, language)}</td>
              <td className="number">{share(shareOf(week), language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Week by week: how many got there, which share of them met it, and the day on which that began. */
export function OverTime({ finding }: { finding: Finding }) {
  const { t, language } = useWords();
  const [shown, setShown] = useState("chart");
  if (finding.weeks.length < 2) return null;
  const range =
    finding.since_low && finding.since_high
      ? `${day(finding.since_low, language)} – ${day(finding.since_high, language)}`
      : null;
  return (
    <Section title={t("finding.weeks")} name="weeks">
      <p className={classes.lead}>
        {finding.since
          ? t("finding.since_about", { day: day(finding.since, language) }) +
            (range ? ` (${t("summary.interval", { range })}).` : ".")
          : t("finding.no_since")}{" "}
        {t("finding.weeks_about")}
      </p>
      <SegmentedControl
        size="xs"
        mb={8}
        value={shown}
        onChange={setShown}
        aria-label={t("finding.weeks")}
        data={[
          { value: "chart", label: t("drawer.as_chart") },
          { value: "table", label: t("drawer.as_table") },
        ]}
      />
      {shown === "chart" ? <Chart finding={finding} /> : <Table finding={finding} />}
    </Section>
  );
}
