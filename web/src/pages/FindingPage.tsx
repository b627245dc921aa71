import { Button } from "@mantine/core";
import { useEffect } from "react";
import { Link, useLocation, useParams, useSearchParams } from "react-router";
import type { JourneyRef } from "../api";
import { writeAddress } from "../data/address";
import { ErrorPanel } from "../data/ErrorPanel";
import { type Finding, type Findings, useFindings } from "../data/findings";
import { type FromList, filtersOf, withSearch } from "../data/findingsAddress";
import { isListed } from "../data/findingsModel";
import { type Filters, useWorkspace } from "../data/queries";
import { count, day } from "../draw";
import { isSettled, suggestLanguage, useWords } from "../i18n";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import { KindMark } from "../ui/KindMark";
import uiClasses from "../ui/ui.module.css";
import { Beneath } from "../views/finding/Beneath";
import { Comparison } from "../views/finding/Comparison";
import { Concentrated } from "../views/finding/Concentrated";
import { EvidenceList } from "../views/finding/EvidenceList";
import { ExampleJourneys } from "../views/finding/ExampleJourneys";
import { Figures } from "../views/finding/Figures";
import classes from "../views/finding/finding.module.css";
import { HowComputed } from "../views/finding/HowComputed";
import { OverTime } from "../views/finding/OverTime";
import { Related } from "../views/finding/Related";
import { Voice } from "../views/finding/Voice";
import { Confirmed, Place } from "../views/findings/FindingRow";
import { useSaid } from "../views/findings/said";
import { Waiting } from "../views/findings/Waiting";
import { JourneyDrawer } from "../views/journey/JourneyDrawer";
import { Header } from "./Header";
import pageClasses from "./page.module.css";

function Unsure({ finding }: { finding: Finding }) {
  const { t, language } = useWords();
  const say = useSaid();
  if (finding.kind !== "undetermined" && !finding.reason) return null;
  return (
    <section className={classes.unsure} data-section="unsure">
      <h2>{t("finding.unsure")}</h2>
      {finding.reason && <p dir="auto">{say(finding.reason)}</p>}
      {finding.more_journeys !== null && (
        <p>
          {t("finding.would_take", {
            count: finding.more_journeys,
            shown: count(finding.more_journeys, language),
          })}
        </p>
      )}
    </section>
  );
}

function Head({ finding, back }: { finding: Finding; back: string }) {
  const { t, language } = useWords();
  return (
    <div className={classes.headBox}>
      <Link to={back} className={classes.back}>
        ← {t("finding.back")}
      </Link>
      <p className={classes.marks}>
        <KindMark kind={finding.kind} size="large" />
        <Place finding={finding} />
        {finding.voice?.confirmed && <Confirmed />}
        {finding.since && (
          <span className={`number ${classes.since}`}>
            {t("findings.since", { day: day(finding.since, language) })}
          </span>
        )}
      </p>
      <h2 className={classes.because} dir="auto">
        {finding.because}
      </h2>
    </div>
  );
}

interface ToldProps {
  finding: Finding;
  findings: Findings;
  filters: Filters;
  onOpen: (example: JourneyRef) => void;
  to: (finding: Finding) => string;
}

function Told({ finding, findings, filters, onOpen, to }: ToldProps) {
  const single = finding.kind === "single_case";
  // Without a comparison the left side has room to spare and the right side none of its own.
  const bare = !finding.on_goal && !finding.compared;
  const overTime = <OverTime finding={finding} />;
  return (
    <>
      <Figures finding={finding} findings={findings} />
      <Unsure finding={finding} />
      <div className={classes.columns}>
        <div>
          <Comparison finding={finding} margin={findings.margin} />
          <EvidenceList finding={finding} />
          {single && <ExampleJourneys finding={finding} filters={filters} onOpen={onOpen} />}
          {!bare && overTime}
          {!single && <ExampleJourneys finding={finding} filters={filters} onOpen={onOpen} />}
        </div>
        <div>
          {bare && overTime}
          <Concentrated finding={finding} />
          <Voice finding={finding} />
          <Beneath finding={finding} />
          <Related finding={finding} findings={findings} to={to} />
          <HowComputed finding={finding} findings={findings} />
        </div>
      </div>
    </>
  );
}

/** There is no such finding now: a link may be older than the data or the map. */
function Gone({ back }: { back: string }) {
  const { t } = useWords();
  return (
    <section className={uiClasses.panel} data-gone="">
      <h1>{t("finding.gone")}</h1>
      <p>{t("finding.gone_about")}</p>
      <Button component={Link} to={back}>
        {t("finding.back")}
      </Button>
    </section>
  );
}

/** One finding with everything that stands behind it. */
export default function FindingPage() {
  const { t, language } = useWords();
  const { id = "" } = useParams();
  const [search, setSearch] = useSearchParams();
  const { filters, carried } = filtersOf(search);
  const workspace = useWorkspace();
  const info = workspace.data;
  const asked = useFindings(filters, language, Boolean(info?.has_data && isSettled(info.language)));
  const findings = asked.data;
  const finding = findings?.findings.find((other) => other.id === id);
  const error = workspace.error ?? asked.error;
  const { state } = useLocation() as { state: FromList | null };
  const back = state?.list ?? withSearch("/findings", carried);

  useEffect(() => {
    if (info) suggestLanguage(info.language);
  }, [info]);
  useEffect(() => {
    document.title = [finding?.because, t("app.name")].filter(Boolean).join(" – ");
  }, [finding, t]);

  const customer = search.get("customer");
  const openJourney = (example: JourneyRef | null) =>
    setSearch(
      () => {
        const next = writeAddress({ ...filters, touchpoint: null });
        if (example) next.set("customer", example.customer_id);
        if (example?.case_id) next.set("case", example.case_id);
        return next;
      },
      { preventScrollReset: true, state },
    );

  return (
    <div className={`${pageClasses.page} ${pageClasses.flow}`}>
      <a className="skip-link" href="#main">
        {t("finding.skip")}
      </a>
      <Header workspace={info} found={asked.data?.findings.filter(isListed).length} />
      <main className={pageClasses.main} id="main" tabIndex={-1}>
        {error ? (
          <ErrorPanel
            error={error}
            onRetry={() => void (workspace.error ? workspace.refetch() : asked.refetch())}
          />
        ) : finding && findings ? (
          <ErrorBoundary fallback={(fault, again) => <ErrorPanel error={fault} onRetry={again} />}>
            <article className={classes.page} data-kind={finding.kind} data-finding={finding.id}>
              <Head finding={finding} back={back} />
              <Told
                finding={finding}
                findings={findings}
                filters={filters}
                onOpen={openJourney}
                to={(other) => withSearch(`/findings/${encodeURIComponent(other.id)}`, carried)}
              />
            </article>
            <JourneyDrawer
              open={customer ? { customer, caseId: search.get("case") } : null}
              filters={filters}
              here={finding.touchpoint}
              onClose={() => openJourney(null)}
            />
          </ErrorBoundary>
        ) : (info && !info.has_data) || (findings && !asked.isFetching) ? (
          <Gone back={back} />
        ) : (
          <Waiting />
        )}
      </main>
    </div>
  );
}
