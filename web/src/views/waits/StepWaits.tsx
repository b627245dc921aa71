import { useMemo, useState } from "react";
import type { Between, Waits } from "../../api";
import type { By } from "../../data/explore";
import { type Explore, journeysLink, oneOf } from "../../data/exploreAddress";
import { compact, count, duration, ENOUGH, interval, share } from "../../draw";
import { useWords } from "../../i18n";
import kit from "../explore/explore.module.css";
import { Choice, Scroll } from "../explore/kit";
import { WaitPicture } from "./WaitPicture";

const SORTS = ["total", "median", "p90", "count"] as const;
type Sort = (typeof SORTS)[number];

const SORT_KEY: Record<Sort, (row: Between) => number> = {
  total: (row) => row.total_seconds,
  median: (row) => row.median_seconds ?? 0,
  p90: (row) => row.p90_seconds ?? 0,
  count: (row) => row.count,
};

/** Waits between two steps; the one that is picked is shown as a picture. */
export function StepWaits({ told, by, explore }: { told: Waits; by: By; explore: Explore }) {
  const { t, language } = useWords();
  const { search, choose } = explore;
  const sort = oneOf(search, "sort", SORTS);
  const [portion, setPortion] = useState(25);
  const rows = useMemo(
    () => [...told.between].sort((a, b) => SORT_KEY[sort](b) - SORT_KEY[sort](a)),
    [told, sort],
  );
  const [from, to] = [
    search.get("from") ?? rows[0]?.source ?? "",
    search.has("from") ? search.get("to") : (rows[0]?.target ?? null),
  ];
  const whole = told.journey_seconds;
  const write = (seconds: number) => duration(seconds, language);
  return (
    <div className={kit.two}>
      <div>
        <div className={kit.controls} style={{ marginBottom: 8 }}>
          <Choice
            label={t("explore.waits.sort")}
            value={sort}
            options={SORTS.map((value) => ({ value, label: t(`explore.waits.sorts.${value}`) }))}
            onChange={(value) => choose({ sort: value === "total" ? null : value }, true)}
          />
        </div>
        <Scroll label={t("explore.waits.table")}>
          <table className={kit.table} data-waits={rows.length}>
            <caption>{t("explore.waits.table_about", { time: duration(whole, language) })}</caption>
            <thead>
              <tr>
                <th scope="col">{t("explore.waits.between")}</th>
                <th scope="col" data-number="">
                  {t("explore.median")}
                </th>
                <th scope="col" data-number="">
                  {t("explore.p90")}
                </th>
                <th scope="col" data-number="">
                  {t("explore.steps_n")}
                </th>
                <th scope="col" data-number="">
                  {t("explore.waits.share")}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, portion).map((row) => {
                const chosen = row.source === from && row.target === to;
                return (
                  <tr key={`${row.source}\u0000${row.target}`} data-chosen={chosen || undefined}>
                    <th scope="row">
                      <button
                        type="button"
                        className={kit.link}
                        style={{
                          background: "none",
                          border: 0,
                          padding: 0,
                          font: "inherit",
                          cursor: "pointer",
                        }}
                        aria-pressed={chosen}
                        onClick={() => choose({ from: row.source, to: row.target }, true)}
                      >
                        <bdi>{row.source}</bdi> → <bdi>{row.target}</bdi>
                      </button>
                    </th>
                    <td data-number="" className={row.count < ENOUGH ? kit.few : undefined}>
                      {duration(row.median_seconds, language)}
                      <div className={kit.more}>
                        {interval(row.median_seconds_low, row.median_seconds_high, write)}
                      </div>
                    </td>
                    <td data-number="">{duration(row.p90_seconds, language)}</td>
                    <td data-number="" title={count(row.count, language)}>
                      {compact(row.count, language)}
                    </td>
                    <td data-number="">{share(whole ? row.total_seconds / whole : null, language)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          {rows.length > portion && (
            <button
              type="button"
              className={kit.link}
              style={{
                background: "none",
                border: 0,
                padding: "10px 0 0",
                font: "inherit",
                fontSize: 13,
                cursor: "pointer",
              }}
              onClick={() => setPortion(portion + 50)}
            >
              {t("explore.show_more", { n: count(Math.min(50, rows.length - portion), language) })}
            </button>
          )}
        </Scroll>
      </div>
      <WaitPicture
        by={by}
        source={from}
        target={to}
        explore={explore}
        linkOf={(limits) =>
          journeysLink(explore.filters, { by, source: from, ...(to ? { target: to } : {}), ...limits })
        }
      />
    </div>
  );
}
