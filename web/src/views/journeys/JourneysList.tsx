import { Button } from "@mantine/core";
import { useMemo } from "react";
import type { Journeys } from "../../api";
import { useJourneys } from "../../data/explore";
import { oneOf, readConditions } from "../../data/exploreAddress";
import { count } from "../../draw";
import { useWords } from "../../i18n";
import kit from "../explore/explore.module.css";
import { Choice, Loaded, Nothing, Switch, type ViewProps } from "../explore/kit";
import { Asked, Find } from "./Asked";
import classes from "./journeys.module.css";
import { Summary } from "./Summary";
import { Table } from "./Table";

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
