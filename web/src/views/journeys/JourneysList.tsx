import { Button, CloseButton, Pill, TextInput } from "@mantine/core";
import { memo, useEffect, useMemo, useState } from "react";
import { Link } from "react-router";
import type { Journeys, ListedJourney } from "../../api";
import { useJourneys } from "../../data/explore";
import { type Conditions, type Explore, journeyLink, oneOf, readConditions } from "../../data/exploreAddress";
import type { Filters } from "../../data/queries";
import { count, decimal, duration, ENOUGH, interval, share, shareInterval, signed } from "../../draw";
import { useWords } from "../../i18n";
import { useTimes } from "../../i18n/times";
import kit from "../explore/explore.module.css";
import { Choice, Figure, Loaded, Nothing, Scroll, Switch, type ViewProps } from "../explore/kit";
import { Outcome } from "../journey/Lived";
import { Chips } from "../paths/VariantsView";
import { ChannelMark } from "./ChannelMark";
import { described } from "./described";
import classes from "./journeys.module.css";

const SORTS = [
  "began",
  "ended",
  "duration",
  "events",
  "score",
  "failures",
  "value",
  "waited",
  "customer",
] as const;
const PAGE = 50;
/** The service leaves out no more than this many at the beginning of a list. */
const MOST_PAGES = 10_000 / PAGE;

/** The journeys behind a number, or all that the filters keep. */
export default function JourneysList({ explore }: ViewProps) {
  const { t } = useWords();
  const { search, choose } = explore;
  const conditions = useMemo(() => readConditions(search), [search]);
  const sort = oneOf(search, "sort", SORTS);
  const rising = search.get("rising") === "true";
  const page = Math.min(MOST_PAGES, Math.max(1, Math.floor(Number(search.get("page"))) || 1));
  const own = useMemo(
    () => ({ ...conditions, sort, rising, top: PAGE, skip: (page - 1) * PAGE }),
    [conditions, sort, rising, page],
  );
  const asked = useJourneys(explore.filters, own);
  const sorts = conditions.source || conditions.target ? SORTS : SORTS.filter((name) => name !== "waited");
  return (
    <>
      <Asked conditions={conditions} explore={explore} />
      <div className={kit.controls}>
        <Find value={conditions.find ?? ""} onFind={(find) => choose({ find, page: null })} />
        <Choice
          label={t("explore.journeys.sort")}
          value={sort}
          options={sorts.map((value) => ({ value, label: t(`explore.sort.${value}`) }))}
          onChange={(value) => choose({ sort: value, page: null }, true)}
        />
        <Switch
          label={t("explore.journeys.order")}
          value={rising ? "up" : "down"}
          options={[
            { value: "down", label: t("explore.journeys.down") },
            { value: "up", label: t("explore.journeys.up") },
          ]}
          onChange={(value) => choose({ rising: value === "up" ? "true" : null, page: null }, true)}
        />
      </div>
      <Loaded asked={asked} onClear={explore.clear}>
        {(told) => (
          <>
            <Summary told={told} />
            {told.total === 0 ? (
              <Nothing title={t("explore.journeys.none")} text={t("explore.journeys.none_about")} />
            ) : (
              <>
                <Table
                  told={told}
                  filters={explore.filters}
                  waited={own.source !== undefined || own.target !== undefined}
                />
                <Pages
                  told={told}
                  page={page}
                  onPage={(next) => choose({ page: next === 1 ? null : String(next) })}
                />
              </>
            )}
          </>
        )}
      </Loaded>
    </>
  );
}

/** Which journeys these are; each condition can be taken away. */
function Asked({ conditions, explore }: { conditions: Conditions; explore: Explore }) {
  const { t, language } = useWords();
  const parts = described(conditions, t, language);
  if (!parts.length) return <p className={kit.lead}>{t("explore.journeys.about")}</p>;
  const clear = () =>
    explore.choose({ ...without(parts.flatMap((part) => part.names)), by: null, page: null });
  return (
    <div className={classes.asked} data-conditions={parts.length}>
      <span className={kit.more}>{t("explore.journeys.asked")}</span>
      {parts.map((part, place) => (
        <Pill
          key={place}
          size="md"
          className={classes.condition}
          withRemoveButton
          onRemove={() => explore.choose({ ...without(part.names), page: null })}
          removeButtonProps={{
            "aria-label": t("filters.remove", { what: part.text }),
            "aria-hidden": false,
            tabIndex: 0,
          }}
        >
          <bdi title={part.text}>{part.text}</bdi>
        </Pill>
      ))}
      <Button variant="subtle" size="compact-xs" onClick={clear}>
        {t("explore.journeys.all")}
      </Button>
    </div>
  );
}

const without = (names: readonly string[]): Record<string, null> =>
  Object.fromEntries(names.map((name) => [name, null]));

function Find({ value, onFind }: { value: string; onFind: (text: string) => void }) {
  const { t } = useWords();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => onFind(text.trim()), 400);
    return () => clearTimeout(timer);
  }, [text, value, onFind]);
  return (
    <TextInput
      size="xs"
      w={240}
      maxLength={200}
      label={t("explore.journeys.find")}
      placeholder={t("explore.journeys.find_what")}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      rightSection={
        text && (
          <CloseButton size="xs" aria-label={t("explore.journeys.find_clear")} onClick={() => setText("")} />
        )
      }
      rightSectionPointerEvents="all"
    />
  );
}

function Summary({ told }: { told: Journeys }) {
  const { t, language } = useWords();
  const write = (seconds: number) => duration(seconds, language);
  const n = (number: number) => t("explore.n", { n: count(number, language) });
  return (
    <div className={kit.card} style={{ marginBottom: 14 }} data-total={told.total}>
      <dl className={kit.figures}>
        <Figure
          name={t("explore.journeys_n")}
          value={count(told.total, language)}
          more={
            told.total < told.kept &&
            t("explore.journeys.of_kept", {
              share: share(told.share, language),
              interval: shareInterval(told.share_low, told.share_high, language) ?? "",
              n: count(told.kept, language),
            })
          }
        />
        <Figure name={t("explore.journeys.customers")} value={count(told.customers, language)} />
        {told.reached !== null && (
          <Figure
            name={t("explore.goal_rate")}
            value={
              <span className={told.total < ENOUGH ? kit.few : undefined}>
                {share(told.goal_rate, language)}
              </span>
            }
            more={
              <>
                {shareInterval(told.goal_rate_low, told.goal_rate_high, language)}
                <br />
                {t("explore.journeys.outcomes", {
                  reached: count(told.reached, language),
                  under_way: count(told.under_way, language),
                  left: count(told.left, language),
                })}
              </>
            }
          />
        )}
        <Figure
          name={t("explore.journeys.median")}
          value={duration(told.median_seconds, language)}
          more={interval(told.median_seconds_low, told.median_seconds_high, write)}
        />
        {told.emotion_n > 0 && (
          <Figure
            name={t("explore.journeys.emotion")}
            value={
              <span className={told.emotion_n < ENOUGH ? kit.few : undefined}>
                {signed(told.emotion, language)}
              </span>
            }
            more={
              <>
                {interval(told.emotion_low, told.emotion_high, (value) => signed(value, language))}
                <br />
                {n(told.emotion_n)}
              </>
            }
          />
        )}
      </dl>
    </div>
  );
}

function Table({ told, filters, waited }: { told: Journeys; filters: Filters; waited: boolean }) {
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

function Pages({ told, page, onPage }: { told: Journeys; page: number; onPage: (page: number) => void }) {
  const { t, language } = useWords();
  const last = Math.min(MOST_PAGES, Math.max(1, Math.ceil(told.total / PAGE)));
  const from = told.skip + 1;
  return (
    <nav className={classes.paging} aria-label={t("explore.journeys.pages")}>
      <Button size="xs" variant="default" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        {t("explore.journeys.previous")}
      </Button>
      <span className="number" role="status">
        {t("explore.journeys.part", {
          from: count(told.journeys.length ? from : 0, language),
          to: count(told.skip + told.journeys.length, language),
          n: count(told.total, language),
        })}
      </span>
      <Button size="xs" variant="default" disabled={page >= last} onClick={() => onPage(page + 1)}>
        {t("explore.journeys.next")}
      </Button>
      {page >= MOST_PAGES && told.total > MOST_PAGES * PAGE && (
        <span className={kit.more}>{t("explore.journeys.list_end")}</span>
      )}
    </nav>
  );
}
