import type { Waits, Work } from "../../api";
import { type Explore, journeysLink } from "../../data/exploreAddress";
import { count, duration, ENOUGH, interval, share } from "../../draw";
import { useWords } from "../../i18n";
import kit from "../explore/explore.module.css";
import { Figure, Nothing, Scroll, ToJourneys } from "../explore/kit";

/** Who works and who is waited for, and from whose hands to whose journeys go. */
export function Hands({ told, explore }: { told: Waits; explore: Explore }) {
  const { t, language } = useWords();
  if (told.performers.length === 0)
    return <Nothing title={t("explore.waits.no_performers")} text={t("explore.waits.no_performers_about")} />;
  return (
    <div style={{ display: "flex", flexDirection: "column", gap: 14 }}>
      <div className={kit.card}>
        <dl className={kit.figures}>
          <Figure name={t("explore.waits.handovers")} value={count(told.handovers_total, language)} />
          <Figure name={t("explore.waits.handover_time")} value={duration(told.handover_seconds, language)} />
          <Figure
            name={t("explore.waits.handover_share")}
            value={share(told.handover_share, language)}
            more={t("explore.waits.handover_share_about")}
          />
        </dl>
      </div>
      <Performers rows={told.performers} />
      {told.handovers.length === 0 ? (
        <Nothing title={t("explore.waits.no_handovers")} />
      ) : (
        <Handovers told={told} explore={explore} />
      )}
    </div>
  );
}

const MOST = 40;

function Performers({ rows }: { rows: readonly Work[] }) {
  const { t, language } = useWords();
  const write = (seconds: number) => duration(seconds, language);
  const most = Math.max(...rows.map((row) => row.waiting_seconds), 1);
  return (
    <Scroll label={t("explore.waits.performers")}>
      <h2>{t("explore.waits.performers")}</h2>
      <table className={kit.table} data-performers={rows.length}>
        <caption>{t("explore.waits.performers_about")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("explore.journey.performer")}</th>
            <th scope="col">{t("explore.waits.waiting_share")}</th>
            <th scope="col" data-number="">
              {t("explore.waits.waiting_median")}
            </th>
            <th scope="col" data-number="">
              {t("explore.waits.waiting_p90")}
            </th>
            <th scope="col" data-number="">
              {t("explore.waits.service_median")}
            </th>
            <th scope="col" data-number="">
              {t("explore.events_n")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST).map((row) => (
            <tr key={row.name}>
              <th scope="row">
                <bdi>{row.name}</bdi>
              </th>
              <td style={{ minWidth: 140 }}>
                <span className={kit.track} aria-hidden="true">
                  <span className={kit.bar} style={{ width: `${(row.waiting_seconds / most) * 100}%` }} />
                </span>
                <span className="number">{share(row.waiting_share, language)}</span>
              </td>
              <td data-number="" className={row.waiting_n < ENOUGH ? kit.few : undefined}>
                {duration(row.waiting_median_seconds, language)}
                <div className={kit.more}>
                  {interval(row.waiting_median_seconds_low, row.waiting_median_seconds_high, write)}
                </div>
              </td>
              <td data-number="">{duration(row.waiting_p90_seconds, language)}</td>
              <td data-number="">
                {duration(row.service_median_seconds, language)}
                {row.service_n > 0 && (
                  <div className={kit.more}>{t("explore.n", { n: count(row.service_n, language) })}</div>
                )}
              </td>
              <td data-number="">{count(Math.max(row.service_n, row.waiting_n), language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Handovers({ told, explore }: { told: Waits; explore: Explore }) {
  const { t, language } = useWords();
  const write = (seconds: number) => duration(seconds, language);
  return (
    <Scroll label={t("explore.waits.handovers")}>
      <h2>{t("explore.waits.handovers")}</h2>
      <table className={kit.table} data-handovers={told.handovers.length}>
        <thead>
          <tr>
            <th scope="col">{t("explore.waits.hands_of")}</th>
            <th scope="col" data-number="">
              {t("explore.waits.times")}
            </th>
            <th scope="col" data-number="">
              {t("explore.journeys_n")}
            </th>
            <th scope="col" data-number="">
              {t("explore.median")}
            </th>
            <th scope="col" data-number="">
              {t("explore.p90")}
            </th>
            <th scope="col" data-number="">
              {t("explore.waits.share_of_all")}
            </th>
          </tr>
        </thead>
        <tbody>
          {told.handovers.slice(0, MOST).map((row) => (
            <tr key={`${row.source}\u0000${row.target}`}>
              <th scope="row">
                <bdi>{row.source}</bdi> → <bdi>{row.target}</bdi>
              </th>
              <td data-number="">{count(row.count, language)}</td>
              <td data-number="">
                <ToJourneys
                  to={journeysLink(explore.filters, {
                    handed_from: row.source,
                    handed_to: row.target,
                    ...(told.performer === "performer" ? {} : { performer: told.performer }),
                  })}
                  n={row.journeys}
                  label={`${row.source} → ${row.target}`}
                />
              </td>
              <td data-number="" className={row.count < ENOUGH ? kit.few : undefined}>
                {duration(row.median_seconds, language)}
                <div className={kit.more}>
                  {interval(row.median_seconds_low, row.median_seconds_high, write)}
                </div>
              </td>
              <td data-number="">{duration(row.p90_seconds, language)}</td>
              <td data-number="">{share(row.share, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
