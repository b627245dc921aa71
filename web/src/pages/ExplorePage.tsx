import { Button } from "@mantine/core";
import { lazy, Suspense, useEffect, useRef } from "react";
import { Link, useParams } from "react-router";
import { writeAddress } from "../data/address";
import { ErrorPanel } from "../data/ErrorPanel";
import { useJourneys } from "../data/explore";
import { type Explore, useExplore } from "../data/exploreAddress";
import { withSearch } from "../data/findingsAddress";
import { useWorkspace } from "../data/queries";
import { useMay } from "../data/session";
import { suggestLanguage, useWords } from "../i18n";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import { Opening } from "../ui/Opening";
import ui from "../ui/ui.module.css";
import classes from "../views/explore/explore.module.css";
import { EmptyPanel } from "./EmptyPanel";
import { FilterBar } from "./FilterBar";
import { Header } from "./Header";
import { NotFoundPage } from "./NotFoundPage";
import pageClasses from "./page.module.css";

const VIEWS = {
  paths: lazy(() => import("../views/paths/Paths")),
  funnel: lazy(() => import("../views/funnel/FunnelView")),
  waits: lazy(() => import("../views/waits/WaitsView")),
  cohorts: lazy(() => import("../views/cohorts/Cohorts")),
  journeys: lazy(() => import("../views/journeys/JourneysList")),
};
type ViewName = keyof typeof VIEWS;
const COUNTED = { top: 0 };
const NAMES = Object.keys(VIEWS) as ViewName[];

function Tabs({ view, explore }: { view: ViewName; explore: Explore }) {
  const { t } = useWords();
  const carried = writeAddress(explore.address);
  const current = useRef<HTMLElement>(null);
  // On a phone the last ones stand beyond the edge.
  useEffect(() => {
    const shown = current.current?.querySelector(`[data-tab="${view}"]`);
    shown?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [view]);
  return (
    <nav ref={current} className={classes.tabs} aria-label={t("explore.views")}>
      {NAMES.map((name) => (
        <Link
          key={name}
          data-tab={name}
          to={withSearch(`/explore/${name}`, carried)}
          aria-current={name === view ? "page" : undefined}
        >
          {t(`explore.view.${name}`)}
        </Link>
      ))}
    </nav>
  );
}

/** Whoever may not explore is told so, and where to go. */
function ForAnalysts() {
  const { t } = useWords();
  return (
    <section className={ui.panel} data-refused="">
      <h1>{t("people.for_analysts")}</h1>
      <p className={ui.what}>{t("people.for_analysts_text")}</p>
      <div className={ui.actions}>
        <Button component={Link} to="/">
          {t("people.to_map")}
        </Button>
        <Button component={Link} to="/findings" variant="default">
          {t("people.to_findings")}
        </Button>
      </div>
    </section>
  );
}

/** What customers really do: five ways to look at the same journeys, with the same filters. */
export default function ExplorePage() {
  const { t } = useWords();
  const { view = "" } = useParams();
  const explore = useExplore();
  const workspace = useWorkspace();
  const info = workspace.data;
  const known = NAMES.find((name) => name === view);
  // How many journeys the filters keep; a list of none of them is told at once.
  const may = useMay("analyse");
  const counted = useJourneys(explore.filters, COUNTED, may && Boolean(info?.has_data));

  useEffect(() => {
    if (info) suggestLanguage(info.language);
  }, [info]);
  useEffect(() => {
    if (known) document.title = `${t(`explore.view.${known}`)} – ${t("app.name")}`;
  }, [known, t]);

  if (!known) return <NotFoundPage />;
  const View = VIEWS[known];
  return (
    <div className={`${pageClasses.page} ${pageClasses.flow}`}>
      <a className="skip-link" href="#main">
        {t("explore.skip")}
      </a>
      <Header workspace={info} />
      <main className={pageClasses.main} id="main" tabIndex={-1} data-view={known}>
        {workspace.error ? (
          <ErrorPanel error={workspace.error} onRetry={() => void workspace.refetch()} />
        ) : info && !may ? (
          <ForAnalysts />
        ) : info && !info.has_data ? (
          <EmptyPanel workspace={info.name} onReload={() => void workspace.refetch()} />
        ) : info ? (
          <>
            <Tabs view={known} explore={explore} />
            <FilterBar
              workspace={info}
              address={explore.address}
              change={explore.change}
              clear={explore.clear}
              kept={counted.data?.kept}
              busy={counted.isFetching}
            />
            <ErrorBoundary
              key={known}
              fallback={(fault, again) => <ErrorPanel error={fault} onRetry={again} />}
            >
              <Suspense fallback={<Opening />}>
                <div className={classes.body}>
                  <View workspace={info} explore={explore} />
                </div>
              </Suspense>
            </ErrorBoundary>
          </>
        ) : (
          <Opening />
        )}
      </main>
    </div>
  );
}
