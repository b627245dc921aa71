import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { LivingMap as LivingMapAnswer } from "../api";
import { isFiltered, useAddress } from "../data/address";
import { ErrorPanel } from "../data/ErrorPanel";
import { ServiceError } from "../data/errors";
import { useFindings } from "../data/findings";
import { flagsOf, isListed } from "../data/findingsModel";
import { useMapEvidence, useMaps, useTerms } from "../data/maps";
import { useLivingMap, useTransitions, useWorkspace } from "../data/queries";
import { LEAST_ZOOM, useView } from "../data/view";
import { suggestLanguage, useWords } from "../i18n";
import { proofsOf } from "../map/evidence";
import type { Found } from "../map/find";
import { COLUMN_WIDTH, LANE_WIDTH, type MapHandle } from "../map/LivingMap";
import { MapSkeleton } from "../map/MapSkeleton";
import { buildModel, type MapModel } from "../map/model";
import { offeredMetrics } from "../map/offered";
import { ProofsContext } from "../map/Proofs";
import { returnsOf } from "../map/returns";
import { hiddenLanes } from "../map/shown";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import { ShareButton } from "../views/people/ShareButton";
import { TakeAway } from "../views/takeaway/TakeAway";
import { ArchivedNote } from "./ArchivedNote";
import { CompareMenu } from "./CompareMenu";
import { EditLink } from "./EditLink";
import { EmptyPanel } from "./EmptyPanel";
import { FilterBar } from "./FilterBar";
import { Header } from "./Header";
import { MapBody } from "./MapBody";
import { MapSwitcher } from "./MapSwitcher";
import { MapTools } from "./MapTools";
import classes from "./page.module.css";
import { Summary } from "./Summary";
import { useCompared } from "./useCompared";
import { useMapKeys } from "./useMapKeys";

const TouchpointDrawer = lazy(() => import("../views/touchpoint/TouchpointDrawer"));
const CompareMap = lazy(() => import("../views/compare/CompareMap"));
const MapsCompare = lazy(() => import("../views/compare/MapsCompare"));
const SearchBox = lazy(() => import("../map/SearchBox"));
const Shortcuts = lazy(() => import("../map/Shortcuts"));

/** How many journeys the filters keep; undefined where the question itself was refused. */
function keptOf(error: Error | null, answer: LivingMapAnswer | undefined): number | undefined {
  if (error) return error instanceof ServiceError && error.kind === "no_data" ? 0 : undefined;
  return answer?.journeys;
}

const EMPTY: MapModel = {
  name: null,
  hasMap: false,
  columns: [],
  stages: [],
  lanes: [],
  hiddenLanes: [],
  journeys: 0,
  hidden: 0,
};

const placesOf = (model: MapModel) =>
  model.stages.flatMap((stage) => [
    ...(stage.name === null ? [] : [{ name: stage.name, stage: true }]),
    ...model.columns
      .slice(stage.start, stage.start + stage.span)
      .filter((column) => !column.empty)
      .map((column) => ({ name: column.name, stage: false })),
  ]);

/** Everything that the page asks the service for. */
function useAsked() {
  const { language } = useWords();
  const at = useAddress();
  const workspace = useWorkspace();
  const info = workspace.data;
  const map = useLivingMap(at.filters, Boolean(info?.has_data));
  // Findings and ways back take longer than the map: they come when they are there, and the map does not wait.
  const settled = Boolean(map.data) && !map.isPlaceholderData;
  const found = useFindings(at.filters, language, settled);
  const transitions = useTransitions(at.filters, settled);
  const known = found.isError || found.isPlaceholderData ? undefined : found.data;
  const flags = useMemo(() => known && flagsOf(known.findings), [known]);
  const terms = useTerms();
  const evidence = useMapEvidence(map.data?.map_id).data;
  const proofs = useMemo(() => (evidence ? proofsOf(evidence) : null), [evidence]);
  const model = useMemo(
    () => (map.data ? buildModel(map.data, terms.size ? [...terms.keys()] : undefined) : EMPTY),
    [map.data, terms],
  );
  const returns = useMemo(
    () => (transitions.data ? returnsOf(transitions.data.edges, model.columns, model.journeys) : []),
    [transitions.data, model],
  );
  return { ...at, workspace, info, map, known, flags, model, returns, proofs };
}

/** The living map of one company. */
export function MapPage() {
  const { t } = useWords();
  const { address, filters, change, clear, workspace, info, map, known, flags, model, returns, proofs } =
    useAsked();
  const { view, change: onView } = useView(address.map ?? info?.map_name ?? "");
  const compared = useCompared();
  const allMaps = useMaps(Boolean(info?.has_map)).data ?? [];
  const [searching, setSearching] = useState(false);
  const [helping, setHelping] = useState(false);
  const handle = useRef<MapHandle>(null);
  const narrow = useMediaQuery("(max-width: 760px)", undefined, { getInitialValueInEffect: false }) ?? false;
  // The map that is shown, which need not be the living one.
  const mapName = model.name ?? info?.map_name;
  const head = useMemo(() => info && { ...info, map_name: mapName ?? null }, [info, mapName]);
  const title = mapName ?? info?.name;
  const fit = Math.max(
    LEAST_ZOOM,
    Math.min(1, window.innerWidth / (LANE_WIDTH + Math.max(1, model.columns.length) * COLUMN_WIDTH)),
  );
  const onSearch = useCallback(() => setSearching(true), []);
  const onHelp = useCallback(() => setHelping(true), []);
  useMapKeys({ view, onView, fit, onSearch, onHelp }, Boolean(map.data));
  useEffect(() => {
    if (info) suggestLanguage(info.language);
  }, [info]);
  useEffect(() => {
    document.title = title ? `${title} – ${t("app.name")}` : t("app.name");
  }, [title, t]);

  const error = workspace.error ?? (map.isFetching && !map.isError ? null : map.error);
  const retry = () => void (workspace.error ? workspace.refetch() : map.refetch());
  const open = useCallback((touchpoint: string | null) => change({ touchpoint }), [change]);
  const places = useMemo(() => placesOf(model), [model]);
  const metrics = useMemo(() => offeredMetrics(model, flags), [model, flags]);

  const others = allMaps.filter(
    (one) => one.archived_at === null && (address.map ? one.id !== address.map : !one.live),
  );

  const onFound = ({ column, lane }: Found) => {
    if (narrow) {
      const name = model.columns[column]?.name ?? "";
      document.querySelector(`[data-touchpoint="${CSS.escape(name)}"]`)?.scrollIntoView({ block: "center" });
      return;
    }
    const hidden = hiddenLanes(model, view);
    if (lane && (hidden.includes(lane) || view.folded.includes(lane)))
      onView({
        hidden: hidden.filter((other) => other !== lane),
        folded: view.folded.filter((other) => other !== lane),
      });
    requestAnimationFrame(() => handle.current?.reveal(column, lane));
  };

  return (
    <div className={classes.page}>
      <a className="skip-link" href="#main">
        {t("app.skip")}
      </a>
      <Header workspace={head} found={known?.findings.filter(isListed).length} />
      <main className={classes.main} id="main" tabIndex={-1}>
        <ArchivedNote id={address.map} />
        {info?.has_data && map.data && !error && <Summary answer={map.data} />}
        {info?.has_data && (
          <div className={classes.controls}>
            <FilterBar
              workspace={info}
              address={address}
              change={change}
              clear={clear}
              kept={keptOf(error, map.data)}
              busy={map.isFetching}
              places={places}
            />
            <MapSwitcher
              maps={allMaps}
              current={address.map}
              onMap={(id) => change({ map: id, touchpoint: null })}
            />
            {map.data && !error && (
              <MapTools
                model={model}
                view={view}
                onView={onView}
                metrics={metrics}
                fit={fit}
                onSearch={onSearch}
                onHelp={onHelp}
              >
                <EditLink />
                <ShareButton map={filters.map} />
                <CompareMenu
                  workspace={info}
                  places={places}
                  maps={others}
                  active={compared.groups.length > 0 || compared.other !== null}
                  onGroups={(groups) => compared.set(groups, null)}
                  onMap={(id) => compared.set([], id)}
                />
                <TakeAway filters={filters} shown={view} found={known !== undefined} />
              </MapTools>
            )}
          </div>
        )}
        {error ? (
          <ErrorPanel
            error={error}
            onRetry={retry}
            onClear={isFiltered(filters) ? clear : undefined}
            out={
              address.map && (
                <Button onClick={() => change({ map: undefined, touchpoint: null })}>
                  {t("people.to_map")}
                </Button>
              )
            }
          />
        ) : info && !info.has_data ? (
          <EmptyPanel workspace={info.name} onReload={() => void workspace.refetch()} />
        ) : info && map.data ? (
          <ProofsContext value={proofs}>
            <ErrorBoundary fallback={(fault, again) => <ErrorPanel error={fault} onRetry={again} />}>
              {compared.groups.length > 0 ? (
                <Suspense fallback={<MapSkeleton />}>
                  <CompareMap
                    model={model}
                    filters={filters}
                    groups={compared.groups}
                    scale={view.scale}
                    onOpen={open}
                    onClear={compared.stop}
                  />
                </Suspense>
              ) : compared.other !== null ? (
                <Suspense fallback={<MapSkeleton />}>
                  <MapsCompare
                    model={model}
                    filters={filters}
                    other={{
                      id: compared.other,
                      name: allMaps.find((one) => one.id === compared.other)?.name ?? "",
                    }}
                    onOpen={open}
                    onClear={compared.stop}
                  />
                </Suspense>
              ) : (
                <MapBody
                  answer={map.data}
                  model={model}
                  workspace={info}
                  stale={map.isPlaceholderData}
                  narrow={narrow}
                  view={view}
                  onView={onView}
                  flags={flags}
                  returns={returns}
                  onOpen={open}
                  handle={handle}
                />
              )}
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
              <Suspense fallback={null}>
                {searching && (
                  <SearchBox model={model} opened onClose={() => setSearching(false)} onFound={onFound} />
                )}
                {helping && <Shortcuts opened onClose={() => setHelping(false)} />}
              </Suspense>
            </ErrorBoundary>
          </ProofsContext>
        ) : (
          <MapSkeleton />
        )}
      </main>
    </div>
  );
}
