import { SegmentedControl, useComputedColorScheme } from "@mantine/core";
import { useElementSize, useMergedRef } from "@mantine/hooks";
import { useEffect, useMemo, useState } from "react";
import type { Period } from "../../api";
import { count, day, duration, share, signed } from "../../draw";
import { useWords } from "../../i18n";
import classes from "./touchpoint.module.css";
import { trendSpec } from "./trendSpec";

function TrendChart({ trend }: { trend: readonly Period[] }) {
  const { t, language } = useWords();
  const { ref: ruler, width } = useElementSize<HTMLDivElement>();
  const [target, setTarget] = useState<HTMLDivElement | null>(null);
  const box = useMergedRef(ruler, setTarget);
  const scheme = useComputedColorScheme("light");
  const spec = useMemo(
    () =>
      trendSpec(trend, {
        language,
        dark: scheme === "dark",
        width,
        titles: {
          journeys: t("drawer.trend_journeys"),
          failures: t("drawer.trend_failures"),
          emotion: t("drawer.trend_emotion"),
          wait: t("drawer.trend_wait"),
          period: t("drawer.period"),
        },
      }),
    [trend, language, scheme, width, t],
  );
  useEffect(() => {
    if (!target || width === 0) return undefined;
    let gone = false;
    let finalize = () => {};
    // Vega is half of all the code of the page: it comes only when a chart is looked at.
    void import("./vega").then(async ({ embed, timeLocale }) => {
      if (gone) return;
      const view = await embed(target, spec, {
        actions: false,
        renderer: "svg",
        timeFormatLocale: timeLocale(language),
      });
      if (gone) view.finalize();
      else finalize = () => view.finalize();
    });
    return () => {
      gone = true;
      finalize();
    };
  }, [spec, language, width, target]);
  return <div ref={box} className={classes.chart} role="img" aria-label={t("drawer.trend")} data-chart="" />;
}

function TrendTable({ trend }: { trend: readonly Period[] }) {
  const { t, language } = useWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys
    <section className={classes.tableBox} tabIndex={0} aria-label={t("drawer.trend")}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("drawer.period")}</th>
            <th scope="col">{t("drawer.trend_journeys")}</th>
            <th scope="col">{t("drawer.failures")}</th>
            <th scope="col">{t("drawer.trend_wait")}</th>
            <th scope="col">{t("drawer.trend_emotion")}</th>
          </tr>
        </thead>
        <tbody>
          {trend.map((period) => (
            <tr key={period.begins}>
              <th scope="row" className="number">
                {day(period.begins, language)}
              </th>
              <td className="number">{count(period.journeys, language)}</td>
              <td className="number">{share(period.failure_share, language)}</td>
              <td className="number">{duration(period.next_median_seconds, language)}</td>
              <td className="number">{signed(period.emotion, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** How the touchpoint changed over time; the same as a table for those who do not see charts. */
export function Trend({ trend }: { trend: readonly Period[] }) {
  const { t } = useWords();
  const [shown, setShown] = useState("chart");
  if (trend.length < 2) return <p className={classes.more}>{t("drawer.no_trend")}</p>;
  return (
    <>
      <SegmentedControl
        size="xs"
        mb={8}
        value={shown}
        onChange={setShown}
        aria-label={t("drawer.trend")}
        data={[
          { value: "chart", label: t("drawer.as_chart") },
          { value: "table", label: t("drawer.as_table") },
        ]}
      />
      {shown === "chart" ? <TrendChart trend={trend} /> : <TrendTable trend={trend} />}
    </>
  );
}
