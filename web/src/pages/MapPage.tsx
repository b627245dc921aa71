import { UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import type { Description, LivingMap as LivingMapAnswer } from "../api";
import { isFiltered, useAddress } from "../data/address";
import { ErrorPanel } from "../data/ErrorPanel";
import { ServiceError } from "../data/errors";
import { useFindings } from "../data/findings";
import { type Flags, flagsOf, isQuiet } from "../data/findingsModel";
import { useLivingMap, useWorkspace } from "../data/queries";
import { count, duration } from "../draw";
import { suggestLanguage, useWords } from "../i18n";
import { Legend } from "../map/Legend";
import { COLUMN_WIDTH, LANE_WIDTH, LivingMap } from "../map/LivingMap";
import { MapSkeleton } from "../map/MapSkeleton";
import mapClasses from "../map/map.module.css";
import { buildModel, type MapModel } from "../map/model";
import { PhoneMap } from "../map/PhoneMap";
import { CopyCommand } from "../ui/CopyCommand";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import { EmptyPanel } from "./EmptyPanel";
import { FilterBar } from "./FilterBar";
import { Header } from "./Header";
import classes from "./page.module.css";
import { Summary } from "./Summary";

const TouchpointDrawer = lazy(() => import("../views/touchpoint/TouchpointDrawer"));

const ZOOMS = [0.4, 0.5, 0.6, 0.75, 0.9, 1, 1.15, 1.3] as const;

function Zoom({ zoom, onZoom, fit }: { zoom: number; onZoom: (zoom: number) => void; fit: number }) {
  const { t, language } = useWords();
  const smaller = [...ZOOMS].reverse().find((step) => step < zoom - 0.01) ?? zoom;
  const larger = ZOOMS.find((step) => step > zoom + 0.01) ?? zoom;
  const percent = new Intl.NumberFormat(language, { style: "percent" }).format(zoom);
  return (
    <span className={classes.zoom}>
      <UnstyledButton
        onClick={() => onZoom(smaller)}
        aria-label={t("map.zoom_out")}
        title={t("map.zoom_out")}
      >
        <span aria-hidden="true">−</span>
      </UnstyledButton>
      <UnstyledButton
        onClick={() => onZoom(zoom === 1 ? fit : 1)}
        aria-label={`${percent} ${t("map.zoom_fit")}`}
        title={t("map.zoom_fit")}
      >
        {percent}
      </UnstyledButton>
      <UnstyledButton onClick={() => onZoom(larger)} aria-label={t("map.zoom_in")} title={t("map.zoom_in")}>
        <span aria-hidden="true">+</span>
      </UnstyledButton>
    </span>
  );
}

function Proposal({ model, workspace }: { model: MapModel; workspace: Description }) {
  const { t, language } = useWords();
  const folder = /^[\w./-]+$/.test(workspace.name) ? workspace.name : "WS";
  return (
    <section className={classes.proposal} data-no-map="">
      <div>
        <h2>{t("map.no_map_title")}</h2>
        <p>
          {model.hidden > 0 &&
            `${t("map.only_top", {
              shown: count(model.columns.length, language),
              all: count(model.columns.length + model.hidden, language),
            })} `}
          {t("map.no_map_text")}
        </p>
      </div>
      <CopyCommand command={`tropa map ${folder} propose`} />
    </section>
  );
}

interface BodyProps {
  answer: LivingMapAnswer;
  workspace: Description;
  stale: boolean;
  zoom: number;
  flags: Flags | undefined;
  onOpen: (touchpoint: string) => void;
}

function Body({ answer, workspace, stale, zoom, flags, onOpen }: BodyProps) {
  const { t, language } = useWords();
  const model = useMemo(() => buildModel(answer), [answer]);
  const narrow = useMediaQuery("(max-width: 760px)", undefined, { getInitialValueInEffect: false });
  const title = model.name ?? workspace.name;
  return (
    <>
      {answer.warnings.length > 0 && (
        <ul className={classes.warnings}>
          {answer.warnings.map((warning) => (
            <li key={warning} dir="auto">
              {warning}
            </li>
          ))}
        </ul>
      )}
      {!model.hasMap && <Proposal model={model} workspace={workspace} />}
      {narrow ? (
        <div data-stale={stale}>
          <PhoneMap model={model} flags={flags} onOpen={onOpen} />
        </div>
      ) : (
        <div className={mapClasses.scroller} data-stale={stale} id="map" tabIndex={-1}>
          <LivingMap model={model} title={title} zoom={zoom} flags={flags} onOpen={onOpen} />
          <Legend model={model} />
        </div>
      )}
      <VisuallyHidden>
        {t("map.seconds", {
          time: duration(answer.seconds, language),
          events: t("unit.events", { count: answer.events, shown: count(answer.events, language) }),
        })}
      </VisuallyHidden>
    </>
  );
}

/** How many journeys the filters keep; undefined where the question itself was refused. */
function keptOf(error: Error | null, answer: LivingMapAnswer | undefined): number | undefined {
  if (error) return error instanceof ServiceError && error.kind === "no_data" ? 0 : undefined;
  return answer?.journeys;
}

/** The living map of one company. */
export function MapPage() {
  const { t, language } = useWords();
  const { address, filters, change, clear } = useAddress();
  const workspace = useWorkspace();
  const info = workspace.data;
  const map = useLivingMap(filters, Boolean(info?.has_data));
  // Findings take longer than the map: their flags come when they are there, and the map does not wait for them.
  const found = useFindings(filters, language, Boolean(map.data) && !map.isPlaceholderData);
  const known = found.isError || found.isPlaceholderData ? undefined : found.data;
  const flags = useMemo(() => known && flagsOf(known.findings), [known]);
  const [zoom, setZoom] = useState(1);
  const title = info?.map_name ?? info?.name;

  useEffect(() => {
    if (info) suggestLanguage(info.language);
  }, [info]);
  useEffect(() => {
    document.title = title ? `${title} – ${t("app.name")}` : t("app.name");
  }, [title, t]);

  const error = workspace.error ?? (map.isFetching && !map.isError ? null : map.error);
  const columns = map.data ? buildModel(map.data).columns.length : 1;
  const fit = Math.max(0.4, Math.min(1, window.innerWidth / (LANE_WIDTH + columns * COLUMN_WIDTH)));
  const retry = () => void (workspace.error ? workspace.refetch() : map.refetch());
  const open = (touchpoint: string | null) => change({ touchpoint });

  return (
    <div className={classes.page}>
      <a className="skip-link" href="#main">
        {t("app.skip")}
      </a>
      <Header workspace={info} found={known?.findings.filter((finding) => !isQuiet(finding)).length} />
      <main className={classes.main} id="main" tabIndex={-1}>
        {info?.has_data && map.data && !error && <Summary answer={map.data} />}
        {info?.has_data && (
          <div style={{ display: "flex", alignItems: "center" }}>
            <div style={{ flex: 1, minWidth: 0 }}>
              <FilterBar
                workspace={info}
                address={address}
                change={change}
                clear={clear}
                kept={keptOf(error, map.data)}
                busy={map.isFetching}
              />
            </div>
            <div style={{ paddingInlineEnd: 16 }} className={classes.tools}>
              <Zoom zoom={zoom} onZoom={setZoom} fit={fit} />
            </div>
          </div>
        )}
        {error ? (
          <ErrorPanel error={error} onRetry={retry} onClear={isFiltered(filters) ? clear : undefined} />
        ) : info && !info.has_data ? (
          <EmptyPanel workspace={info.name} onReload={() => void workspace.refetch()} />
        ) : info && map.data ? (
          <ErrorBoundary fallback={(fault, again) => <ErrorPanel error={fault} onRetry={again} />}>
            <Body
              answer={map.data}
              workspace={info}
              stale={map.isPlaceholderData}
              zoom={zoom}
              flags={flags}
              onOpen={open}
            />
            <Suspense fallback={null}>
              <TouchpointDrawer
                name={address.touchpoint}
                answer={map.data}
                filters={filters}
                found={flags?.touchpoints.get(address.touchpoint ?? "")?.found ?? []}
                onClose={() => open(null)}
                onOpen={open}
              />
            </Suspense>
          </ErrorBoundary>
        ) : (
          <MapSkeleton />
        )}
      </main>
    </div>
  );
}
