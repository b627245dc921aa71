import type { VisualizationSpec } from "vega-embed";
import type { Period } from "../../api";
import { count, day, duration, type Language, share, signed } from "../../draw";

export interface TrendWords {
  language: Language;
  dark: boolean;
  /** Pixels that the chart may take. */
  width: number;
  titles: { journeys: string; failures: string; emotion: string; wait: string; period: string };
}

/** Room for the numbers of the vertical axes; the same for all, so that the time axes stand under each other. */
const AXIS = 40;

function unitOf(trend: readonly Period[]): { divisor: number; name: { ru: string; en: string } } {
  const most = Math.max(0, ...trend.map((period) => period.next_median_seconds ?? 0));
  if (most >= 2 * 86400) return { divisor: 86400, name: { ru: "дн", en: "d" } };
  if (most >= 2 * 3600) return { divisor: 3600, name: { ru: "ч", en: "h" } };
  if (most >= 120) return { divisor: 60, name: { ru: "мин", en: "min" } };
  return { divisor: 1, name: { ru: "с", en: "s" } };
}

/** Small charts one under another on one time axis: volume, failures and emotion with bands, waiting. */
export function trendSpec(trend: readonly Period[], words: TrendWords): VisualizationSpec {
  const { language, dark, titles } = words;
  const width = Math.max(160, words.width - AXIS - 12);
  const unit = unitOf(trend);
  const ink = dark ? "#a3b0b5" : "#57646a";
  const colours = dark
    ? { volume: "#2b6a63", failure: "#f3a57c", emotion: "#8ec7ef", wait: "#b9aef0" }
    : { volume: "#9ccfc7", failure: "#b5541c", emotion: "#1c6b9e", wait: "#6a5ab0" };
  const values = trend.map((period) => ({
    begins: `${period.begins.slice(0, 10)}T00:00:00Z`,
    label: day(period.begins, language),
    journeys: period.journeys,
    journeys_text: count(period.journeys, language),
    failure: period.failure_share === null ? null : period.failure_share * 100,
    failure_low: period.failure_share_low === null ? null : period.failure_share_low * 100,
    failure_high: period.failure_share_high === null ? null : period.failure_share_high * 100,
    failure_text: share(period.failure_share, language),
    emotion: period.emotion,
    emotion_low: period.emotion_low,
    emotion_high: period.emotion_high,
    emotion_text: `${signed(period.emotion, language)} (n = ${count(period.emotion_n, language)})`,
    wait: period.next_median_seconds === null ? null : period.next_median_seconds / unit.divisor,
    wait_text: duration(period.next_median_seconds, language),
  }));
  const some = (field: "failure" | "emotion" | "wait") => values.some((value) => value[field] !== null);
  const x = (labels: boolean) => ({
    field: "begins",
    type: "temporal" as const,
    scale: { type: "utc" as const },
    axis: {
      title: null,
      labels,
      ticks: labels,
      domain: labels,
      grid: false,
      format: "%e %b",
      tickCount: 6,
      labelOverlap: true,
    },
  });
  const y = (field: string, title: string, zero: boolean) => ({
    field,
    type: "quantitative" as const,
    title,
    scale: { zero, nice: true },
    axis: {
      tickCount: 3,
      minExtent: AXIS,
      maxExtent: AXIS,
      titleAnchor: "start" as const,
      titleAngle: 0,
      titleAlign: "left" as const,
      titleY: -8,
      titleX: -AXIS,
    },
  });
  const tooltip = (field: string, title: string) => [
    { field: "label", title: titles.period },
    { field, title },
  ];
  const withBand = (field: "failure" | "emotion", title: string, colour: string, labels: boolean) => ({
    width,
    height: 74,
    layer: [
      {
        mark: { type: "area" as const, color: colour, opacity: 0.18 },
        encoding: {
          x: x(labels),
          y: y(`${field}_low`, title, field === "failure"),
          y2: { field: `${field}_high` },
        },
      },
      {
        mark: {
          type: "line" as const,
          color: colour,
          strokeWidth: 2,
          point: { size: 26, filled: true, color: colour },
          invalid: "break-paths-show-domains" as const,
        },
        encoding: {
          x: x(labels),
          y: y(field, title, field === "failure"),
          tooltip: tooltip(`${field}_text`, title),
        },
      },
    ],
  });
  const charts = [
    {
      width,
      height: 56,
      mark: {
        type: "bar" as const,
        color: colours.volume,
        cornerRadiusEnd: 1,
        size: Math.max(2, (width / Math.max(1, trend.length)) * 0.65),
      },
      encoding: {
        x: x(false),
        y: y("journeys", titles.journeys, true),
        tooltip: tooltip("journeys_text", titles.journeys),
      },
    },
    ...(some("failure") ? [withBand("failure", titles.failures, colours.failure, false)] : []),
    ...(some("wait")
      ? [
          {
            width,
            height: 64,
            mark: {
              type: "line" as const,
              color: colours.wait,
              strokeWidth: 2,
              point: { size: 26, filled: true, color: colours.wait },
            },
            encoding: {
              x: x(false),
              y: y("wait", `${titles.wait}, ${unit.name[language]}`, true),
              tooltip: tooltip("wait_text", titles.wait),
            },
          },
        ]
      : []),
    ...(some("emotion") ? [withBand("emotion", titles.emotion, colours.emotion, false)] : []),
  ];
  const last = charts.at(-1);
  if (last) {
    const axis = x(true);
    if ("layer" in last) for (const layer of last.layer) Object.assign(layer.encoding, { x: axis });
    else Object.assign(last.encoding, { x: axis });
  }
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    data: { values },
    vconcat: charts,
    spacing: 26,
    config: {
      background: "transparent",
      font: '"Inter Variable", sans-serif',
      view: { stroke: null },
      axis: {
        labelColor: ink,
        titleColor: ink,
        labelFontSize: 11,
        titleFontSize: 11.5,
        titleFontWeight: 600,
        gridColor: dark ? "#2d373c" : "#ecece8",
        domainColor: ink,
        tickColor: ink,
      },
    },
  } as VisualizationSpec;
}
