import { Button, SegmentedControl, Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { Link, useParams, useSearchParams } from "react-router";
import type { Journey, Life } from "../api";
import { ErrorPanel } from "../data/ErrorPanel";
import { oneOf } from "../data/exploreAddress";
import { useJourney } from "../data/findings";
import { filtersOf, withSearch } from "../data/findingsAddress";
import { useWorkspace } from "../data/queries";
import { useMay } from "../data/session";
import { count, decimal, duration } from "../draw";
import { suggestLanguage, useWords } from "../i18n";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import kit from "../views/explore/explore.module.css";
import { LifeFacts, Lived } from "../views/journey/Lived";
import classes from "../views/journeys/journeys.module.css";
import { TimelineView } from "../views/journeys/TimelineView";
import { Header } from "./Header";
import pageClasses from "./page.module.css";

/** Journeys of one customer at once; the rest on demand. */
const PORTION = 5;
const MODES = ["timeline", "list"] as const;

/** One customer: everything that they lived through, and what they said. */
export default function JourneyPage() {
  const { t } = useWords();
  const { customer = "" } = useParams();
  const [search, setSearch] = useSearchParams();
  const { filters, carried } = filtersOf(search);
  const caseId = search.get("case");
  const workspace = useWorkspace();
  const info = workspace.data;
  const asked = useJourney(customer, caseId, filters);
  const narrow = useMediaQuery("(max-width: 760px)") ?? false;
  const mode = search.has("show") ? oneOf(search, "show", MODES) : narrow ? "list" : "timeline";

  useEffect(() => {
    if (info) suggestLanguage(info.language);
  }, [info]);
  useEffect(() => {
    document.title = `${t("drawer.customer", { id: customer })} – ${t("app.name")}`;
  }, [customer, t]);

  const mayExplore = useMay("analyse");
  const change = (patch: Record<string, string | null>) =>
    setSearch(
      (now) => {
        const next = new URLSearchParams(now);
        for (const [name, value] of Object.entries(patch)) {
          if (value === null) next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      { replace: true, preventScrollReset: true },
    );

  return (
    <div className={`${pageClasses.page} ${pageClasses.flow}`}>
      <a className="skip-link" href="#main">
        {t("explore.skip")}
      </a>
      <Header workspace={info} />
      <main className={pageClasses.main} id="main" tabIndex={-1}>
        <div className={kit.body} style={{ paddingTop: 14 }}>
          <div className={kit.controls} style={{ alignItems: "center" }}>
            <Link
              className={kit.link}
              style={{ fontSize: 14 }}
              to={withSearch(mayExplore ? "/explore/journeys" : "/", carried)}
            >
              ← {t(mayExplore ? "explore.journey.back" : "people.to_map")}
            </Link>
            <SegmentedControl
              size="xs"
              aria-label={t("explore.journey.show")}
              value={mode}
              onChange={(value) => change({ show: value })}
              data={MODES.map((value) => ({ value, label: t(`explore.journey.${value}`) }))}
            />
          </div>
          {asked.error ? (
            <ErrorPanel error={asked.error} onRetry={() => void asked.refetch()} />
          ) : asked.data ? (
            <ErrorBoundary fallback={(fault, again) => <ErrorPanel error={fault} onRetry={again} />}>
              <Told
                key={`${customer} ${caseId}`}
                told={asked.data}
                mode={mode}
                currency={info?.currency ?? ""}
                onAll={caseId ? () => change({ case: null }) : null}
              />
            </ErrorBoundary>
          ) : (
            <div aria-busy="true">
              <Skeleton height={30} width={320} radius="md" mb="md" />
              <Skeleton height={340} radius="md" />
            </div>
          )}
        </div>
      </main>
    </div>
  );
}

interface ToldProps {
  told: Journey;
  mode: (typeof MODES)[number];
  currency: string;
  /** Shows all journeys of the customer, where only one case is shown. */
  onAll: (() => void) | null;
}

function Told({ told, mode, currency, onAll }: ToldProps) {
  const { t, language } = useWords();
  const [portion, setPortion] = useState(PORTION);
  const more = told.journeys.length - portion;
  return (
    <article data-customer={told.customer_id}>
      <h2 style={{ margin: "0 0 4px", fontSize: 20, overflowWrap: "anywhere" }}>
        <bdi>{t("drawer.customer", { id: told.customer_id })}</bdi>
      </h2>
      <p className={kit.more} style={{ margin: "0 0 12px" }}>
        {t("unit.journeys", { count: told.journeys.length, shown: count(told.journeys.length, language) })} ·{" "}
        {t("journey.utc")}{" "}
        {onAll && (
          <Button variant="subtle" size="compact-xs" onClick={onAll}>
            {t("explore.journey.all_cases")}
          </Button>
        )}
      </p>
      {told.journeys.slice(0, portion).map((life) => (
        <section key={`${life.case_id}${life.begins}`} className={kit.card} style={{ marginBottom: 14 }}>
          {mode === "list" ? (
            <Lived life={life} here={null} />
          ) : (
            <AsTimeline life={life} currency={currency} />
          )}
        </section>
      ))}
      {more > 0 && (
        <Button variant="default" onClick={() => setPortion(portion + PORTION)}>
          {t("explore.show_more", { n: count(Math.min(more, PORTION), language) })}
        </Button>
      )}
    </article>
  );
}

function AsTimeline({ life, currency }: { life: Life; currency: string }) {
  const { t, language } = useWords();
  const value = life.steps.reduce<number | null>(
    (sum, step) => (step.value === null ? sum : (sum ?? 0) + step.value),
    null,
  );
  return (
    <div className={classes.life}>
      {life.case_id && (
        <h2>
          <bdi>{t("drawer.case", { id: life.case_id })}</bdi>
        </h2>
      )}
      <LifeFacts life={life} />
      <div className={classes.facts}>
        {life.time_to_goal_seconds !== null && (
          <span>{t("explore.journey.to_goal", { time: duration(life.time_to_goal_seconds, language) })}</span>
        )}
        {value !== null && (
          <span className="number">
            {t("explore.journey.brought", { n: `${decimal(value, language, 0)} ${currency}`.trim() })}
          </span>
        )}
        {life.feedback > 0 && (
          <span>{t("unit.answers", { count: life.feedback, shown: count(life.feedback, language) })}</span>
        )}
      </div>
      {Object.keys(life.attributes).length > 0 && (
        <p className={classes.attributes} style={{ margin: 0 }}>
          {Object.entries(life.attributes).map(([name, word]) => (
            <bdi key={name}>
              {name}: {word}
            </bdi>
          ))}
        </p>
      )}
      <TimelineView life={life} currency={currency} />
      <div className={classes.onlyPrint}>
        <Lived life={life} here={null} />
      </div>
    </div>
  );
}
