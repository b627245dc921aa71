import { memo } from "react";
import { Link } from "react-router";
import type { Journeys, ListedJourney } from "../../api";
import { journeyLink } from "../../data/exploreAddress";
import type { Filters } from "../../data/queries";
import { count, decimal, duration } from "../../draw";
import { useWords } from "../../i18n";
import { useTimes } from "../../i18n/times";
import kit from "../explore/explore.module.css";
import { Scroll } from "../explore/kit";
import { Outcome } from "../journey/Lived";
import { Chips } from "../paths/VariantsView";
import { ChannelMark } from "./ChannelMark";
import classes from "./journeys.module.css";

/** Journey by journey; columns that nothing stands in are left out. */
export function Table({ told, filters, waited }: { told: Journeys; filters: Filters; waited: boolean }) {
  const { t } = useWords();
  const has = {
    outcome: told.reached !== null,
    score: told.journeys.some((row) => row.answers > 0),
    value: told.journeys.some((row) => row.value !== null),
    failures: told.journeys.some((row) => row.failures > 0),
    waited,
  };
  return (
    <Scroll label={t("explore.journeys.list")}>
      <table className={kit.table} data-journeys={told.journeys.length}>
        <thead>
          <tr>
            <th scope="col">{t("explore.journeys.customer")}</th>
            <th scope="col">{t("explore.sort.began")}</th>
            <th scope="col" data-number="">
              {t("explore.sort.duration")}
            </th>
            {has.waited && (
              <th scope="col" data-number="">
                {t("explore.sort.waited")}
              </th>
            )}
            <th scope="col" data-number="">
              {t("explore.sort.events")}
            </th>
            {has.outcome && <th scope="col">{t("explore.journeys.outcome")}</th>}
            {has.score && (
              <th scope="col" data-number="">
                {t("explore.sort.score")}
              </th>
            )}
            {has.value && (
              <th scope="col" data-number="">
                {t("explore.sort.value")}
              </th>
            )}
            <th scope="col">{t("explore.journeys.way")}</th>
          </tr>
        </thead>
        <tbody>
          {told.journeys.map((row) => (
            <Row
              key={`${row.customer_id}\u0000${row.case_id}\u0000${row.begins}`}
              row={row}
              has={has}
              filters={filters}
            />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

interface RowProps {
  row: ListedJourney;
  has: { outcome: boolean; score: boolean; value: boolean; failures: boolean; waited: boolean };
  filters: Filters;
}

const Row = memo(function Row({ row, has, filters }: RowProps) {
  const { t, language } = useWords();
  const { moment } = useTimes();
  return (
    <tr>
      <th scope="row">
        <Link className={kit.link} to={journeyLink(filters, row.customer_id, row.case_id)}>
          <bdi>{row.customer_id}</bdi>
        </Link>
        {row.case_id && row.case_id !== row.customer_id && (
          <div className={kit.more}>
            <bdi>{row.case_id}</bdi>
          </div>
        )}
      </th>
      <td className="number">{moment(row.begins)}</td>
      <td data-number="">{duration(row.duration_seconds, language)}</td>
      {has.waited && <td data-number="">{duration(row.waited_seconds, language)}</td>}
      <td data-number="">
        {count(row.events, language)}
        {row.failures > 0 && (
          <div className={classes.failures}>{t("explore.journeys.failures", { count: row.failures })}</div>
        )}
      </td>
      {has.outcome && (
        <td style={{ whiteSpace: "nowrap" }}>
          <Outcome outcome={row.outcome} />
        </td>
      )}
      {has.score && (
        <td data-number="">
          {row.score === null ? (
            ""
          ) : (
            <>
              {decimal(row.score, language)}{" "}
              <span className={kit.more}>
                {t(`kind.${row.score_kind as "nps"}`, { defaultValue: row.score_kind ?? "" })}
              </span>
            </>
          )}
        </td>
      )}
      {has.value && <td data-number="">{row.value === null ? "" : count(row.value, language)}</td>}
      <td style={{ minWidth: 320 }}>
        <Chips path={row.way} total={row.way_total} />
        <span className={classes.channels}>
          {row.channels.map((channel) => (
            <ChannelMark key={channel} channel={channel} />
          ))}
        </span>
      </td>
    </tr>
  );
});
