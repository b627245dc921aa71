import { ActionIcon, Alert, Button, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { Link, useParams } from "react-router";
import type { LivingMap as LivingMapAnswer, SharedMap } from "../api";
import { ErrorPanel } from "../data/ErrorPanel";
import { ServiceError } from "../data/errors";
import { useTerms } from "../data/maps";
import { useShared } from "../data/people";
import { useSession } from "../data/session";
import { PLAIN, type View } from "../data/view";
import { suggestToStrangers, useWords } from "../i18n";
import { useTimes } from "../i18n/times";
import { Benchmarks } from "../map/Benchmarks";
import { Legend } from "../map/Legend";
import { LivingMap } from "../map/LivingMap";
import { MapSkeleton } from "../map/MapSkeleton";
import mapClasses from "../map/map.module.css";
import { buildModel, type MapModel } from "../map/model";
import { PhoneMap } from "../map/PhoneMap";
import { PrintSheets, usePrinting } from "../map/PrintSheets";
import { ZoomControl } from "../map/ZoomControl";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import { MoonIcon, SunIcon } from "../ui/icons";
import { Card } from "../views/people/Card";
import { LanguageSwitch } from "../views/people/LanguageSwitch";
import classes from "../views/people/people.module.css";
import pageClasses from "./page.module.css";

const SharedTouchpoint = lazy(() => import("../views/people/SharedTouchpoint"));

/** A map without numbers is drawn as one on which nobody has walked. */
const modelOf = (shared: SharedMap, order: readonly string[] | undefined): MapModel =>
  buildModel(
    shared.reality ??
      ({
        map: shared.document,
        journeys: 0,
        events: 0,
        touchpoints: { touchpoints: [], stages: [] },
      } as unknown as LivingMapAnswer),
    order,
  );

function Head({
  shared,
  view,
  onView,
}: {
  shared: SharedMap;
  view: View;
  onView: (patch: Partial<View>) => void;
}) {
  const { t } = useWords();
  const { day, moment, zone } = useTimes();
  const { setColorScheme } = useMantineColorScheme();
  const other = useComputedColorScheme("light") === "dark" ? "light" : "dark";
  const facts = [
    shared.living
      ? t("people.shared_living", { when: moment(shared.as_of) })
      : t("people.shared_fixed", { date: day(shared.as_of) }),
    shared.reality ? "" : t("people.without_numbers"),
    t("header.zone", { zone }),
  ];
  return (
    <header className={classes.sharedHead}>
      <div>
        <h1 dir="auto">{shared.name}</h1>
        <p>{facts.filter(Boolean).join(" · ")}</p>
      </div>
      <span className={`${classes.noPrint} ${classes.wide}`}>
        <ZoomControl zoom={view.zoom} fit={0.6} onZoom={(zoom) => onView({ zoom })} />
      </span>
      <LanguageSwitch />
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        className={classes.noPrint ?? ""}
        aria-label={t(other === "dark" ? "header.to_dark" : "header.to_light")}
        onClick={() => setColorScheme(other)}
      >
        {other === "dark" ? <MoonIcon /> : <SunIcon />}
      </ActionIcon>
    </header>
  );
}

function Shown({ shared }: { shared: SharedMap }) {
  const { t } = useWords();
  const terms = useTerms();
  const model = useMemo(() => modelOf(shared, terms.size ? [...terms.keys()] : undefined), [shared, terms]);
  const narrow = useMediaQuery("(max-width: 760px)", undefined, { getInitialValueInEffect: false });
  const printing = usePrinting();
  const [view, setView] = useState<View>(PLAIN);
  const [open, setOpen] = useState<string | null>(null);
  const onView = (patch: Partial<View>) => setView((now) => ({ ...now, ...patch }));
  const column = model.columns.find(({ name }) => name === open);
  const props = { model, title: shared.name, view, onView, onOpen: setOpen };
  return (
    <div className={pageClasses.page}>
      <a className="skip-link" href="#main">
        {t("app.skip")}
      </a>
      <Head shared={shared} view={view} onView={onView} />
      <main className={pageClasses.main} id="main" tabIndex={-1}>
        {shared.no_numbers && (
          <Alert color="gray" role="note" m="sm">
            {t("people.no_numbers")}
          </Alert>
        )}
        <ErrorBoundary fallback={(fault, again) => <ErrorPanel error={fault} onRetry={again} />}>
          {narrow && !printing ? (
            <PhoneMap model={model} view={view} returns={[]} onOpen={setOpen} />
          ) : (
            <div className={mapClasses.scroller} id="map" tabIndex={-1}>
              {printing ? (
                <PrintSheets {...props} flags={undefined} returns={[]} />
              ) : (
                <LivingMap {...props} />
              )}
              <Benchmarks document={shared.document} />
              {shared.reality && <Legend model={model} view={view} />}
            </div>
          )}
        </ErrorBoundary>
        {column && (
          <Suspense fallback={null}>
            <SharedTouchpoint column={column} onClose={() => setOpen(null)} />
          </Suspense>
        )}
      </main>
    </div>
  );
}

/** Whoever has an account gets in all the same; the others know whom to ask. */
function DeadLink() {
  const { t } = useWords();
  const session = useSession().data;
  useEffect(() => {
    document.title = `${t("people.bad_link")} – ${t("app.name")}`;
  }, [t]);
  return (
    <Card title={t("people.bad_link")} text={t("people.bad_link_text")}>
      {session?.you ? (
        <Button component={Link} to="/" fullWidth>
          {t("people.to_map")}
        </Button>
      ) : (
        session?.accounts && (
          <>
            <p>{t("people.have_account")}</p>
            <Button component={Link} to="/" variant="default" fullWidth>
              {t("people.to_sign_in")}
            </Button>
          </>
        )
      )}
    </Card>
  );
}

/** One map by a link: without menus, without an account. */
export default function SharedMapPage() {
  const { t } = useWords();
  const { token = "" } = useParams();
  const { data, error, refetch } = useShared(token);
  useEffect(() => {
    document.title = [data?.name, t("app.name")].filter(Boolean).join(" – ");
    // Whoever got the link reads in a language of their own; what the map says stays as it was written.
    if (data) suggestToStrangers(data.language);
  }, [data, t]);
  if (data) return <Shown shared={data} />;
  if (error instanceof ServiceError && error.kind === "not_found") return <DeadLink />;
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  return <MapSkeleton />;
}
