import { Slider, Switch as Toggle } from "@mantine/core";
import { ReactFlowProvider } from "@xyflow/react";
import { useCallback, useDeferredValue, useMemo, useState } from "react";
import { useNavigate } from "react-router";
import type { Transitions } from "../../api";
import { type By, useTransitions, useWaits } from "../../data/explore";
import { type Explore, journeysLink, oneOf } from "../../data/exploreAddress";
import { useLivingMap } from "../../data/queries";
import { count } from "../../draw";
import { useWords } from "../../i18n";
import kit from "../explore/explore.module.css";
import {
  Choice,
  Control,
  LevelSwitch,
  Loaded,
  Nothing,
  PickName,
  Switch,
  type ViewProps,
} from "../explore/kit";
import { Details } from "./Details";
import { EdgesTable } from "./EdgesTable";
import { FlowView } from "./FlowView";
import { edgeId, graphOf } from "./graph";
import { type EdgeLabel, PathsGraph, type Picked } from "./PathsGraph";
import { VariantsView } from "./VariantsView";

const MODES = ["graph", "variants", "flow"] as const;
const LABELS: readonly EdgeLabel[] = ["count", "share", "mean", "median"];
const LEVELS = ["touchpoint", "activity", "stage"] as const;
const DETAIL = 35;
const NO_FILTERS = { segment: [], channel: [] };

/** The ways that customers really take: as a graph, as scenarios, and as the flow from or to one place. */
export default function Paths({ workspace, explore }: ViewProps) {
  const { t } = useWords();
  const { search, choose } = explore;
  const mode = oneOf(search, "mode", MODES);
  const by = workspace.has_map ? oneOf<By>(search, "by", LEVELS) : "touchpoint";
  const collapse = search.get("collapse") !== "false";
  const own = useMemo(() => ({ by }), [by]);
  const asked = useTransitions(explore.filters, own, mode !== "variants");
  // The goal decides what the graph keeps: drawn before it is known, it would be drawn twice.
  const map = useLivingMap(NO_FILTERS, workspace.has_map && mode === "graph" && by !== "activity");
  return (
    <>
      <p className={kit.lead}>{t(`explore.paths.about_${mode}`)}</p>
      <div className={kit.controls}>
        <Switch
          label={t("explore.paths.mode")}
          value={mode}
          options={MODES.map((value) => ({ value, label: t(`explore.paths.${value}`) }))}
          onChange={(value) => choose({ mode: value })}
        />
        <LevelSwitch
          value={by}
          hasMap={workspace.has_map}
          onChange={(value) => choose({ by: value, anchor: null })}
        />
        {mode === "graph" && <GraphControls explore={explore} />}
        {mode === "variants" && (
          <Toggle
            size="sm"
            label={t("explore.paths.collapse")}
            checked={collapse}
            onChange={(event) => choose({ collapse: event.currentTarget.checked ? null : "false" })}
          />
        )}
        {mode === "flow" && asked.data && <FlowControls explore={explore} told={asked.data} by={by} />}
      </div>
      {mode === "variants" ? (
        <VariantsView explore={explore} by={by} collapse={collapse} />
      ) : (
        <Loaded asked={map.isLoading ? { ...asked, data: undefined } : asked} onClear={explore.clear}>
          {(told) =>
            told.nodes.length === 0 ? (
              <Nothing title={t("explore.paths.no_paths")} text={t("explore.paths.no_paths_about")} />
            ) : mode === "graph" ? (
              <GraphView told={told} map={map.data?.map} by={by} explore={explore} />
            ) : (
              <FlowView
                explore={explore}
                by={by}
                anchor={anchorOf(search, told)}
                direction={oneOf(search, "direction", ["after", "before"] as const)}
                steps={depthOf(search)}
              />
            )
          }
        </Loaded>
      )}
    </>
  );
}

const depthOf = (search: URLSearchParams): number =>
  Math.min(6, Math.max(2, Number(search.get("depth")) || 4));

/** The place that the address names, else the one with which most journeys begin. */
function anchorOf(search: URLSearchParams, told: Transitions): string {
  const wanted = search.get("anchor");
  if (wanted && told.nodes.some((node) => node.node === wanted)) return wanted;
  return [...told.nodes].sort((a, b) => b.starts - a.starts)[0]?.node ?? "";
}

function GraphControls({ explore }: { explore: Explore }) {
  const { t } = useWords();
  const detail = Number(explore.search.get("detail") ?? DETAIL);
  const [moving, setMoving] = useState<number | null>(null);
  return (
    <>
      <Choice
        label={t("explore.paths.label")}
        value={oneOf(explore.search, "label", LABELS)}
        options={LABELS.map((value) => ({ value, label: t(`explore.paths.label_${value}`) }))}
        onChange={(value) => explore.choose({ label: value }, true)}
      />
      <Control label={t("explore.paths.detail")}>
        <Slider
          w={220}
          mb={4}
          size="md"
          thumbLabel={t("explore.paths.detail")}
          label={(value) => `${value} %`}
          value={moving ?? detail}
          onChange={setMoving}
          onChangeEnd={(value) => {
            setMoving(null);
            explore.choose({ detail: String(value) }, true);
          }}
          thumbProps={{ "data-detail": detail } as object}
        />
      </Control>
    </>
  );
}

function FlowControls({ explore, told, by }: { explore: Explore; told: Transitions; by: By }) {
  const { t, language } = useWords();
  const { search, choose } = explore;
  const options = useMemo(
    () =>
      [...told.nodes]
        .sort((a, b) => b.journeys - a.journeys)
        .map((node) => ({ name: node.node, note: count(node.journeys, language) })),
    [told, language],
  );
  return (
    <>
      <Control label={t(`explore.flow.anchor.${by}`)}>
        <PickName
          label={t(`explore.flow.anchor.${by}`)}
          text={anchorOf(search, told)}
          options={options}
          onPick={(name) => choose({ anchor: name })}
        />
      </Control>
      <Switch
        label={t("explore.flow.direction")}
        value={oneOf(search, "direction", ["after", "before"] as const)}
        options={[
          { value: "after", label: t("explore.flow.after") },
          { value: "before", label: t("explore.flow.before") },
        ]}
        onChange={(value) => choose({ direction: value })}
      />
      <Switch
        label={t("explore.flow.steps")}
        value={String(depthOf(search))}
        options={["2", "3", "4", "5", "6"].map((value) => ({ value, label: value }))}
        onChange={(value) => choose({ depth: value }, true)}
      />
    </>
  );
}

interface GraphViewProps {
  told: Transitions;
  map: unknown;
  by: By;
  explore: Explore;
}

function GraphView({ told, map, by, explore }: GraphViewProps) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const detail = Number(explore.search.get("detail") ?? DETAIL) / 100;
  const label = oneOf(explore.search, "label", LABELS);
  const [picked, setPicked] = useState<Picked>(null);
  const deferred = useDeferredValue(Math.min(1, Math.max(0, detail)));
  const goal = useMemo(() => goalOf(map, by), [map, by]);
  const graph = useMemo(() => graphOf(told, deferred, goal), [told, deferred, goal]);
  const stageOf = useMemo(() => stagesOf(map), [map]);
  const wanted = useMemo(() => ({ by, top: 2000 }), [by]);
  const waits = useWaits(explore.filters, wanted, label === "median");
  const medians = useMemo(
    () => new Map((waits.data?.between ?? []).map((row) => [edgeId(row), row.median_seconds])),
    [waits.data],
  );
  const journeys = told.nodes.reduce((sum, node) => sum + node.starts, 0);
  const open = useCallback(
    (what: NonNullable<Picked>) =>
      void navigate(
        journeysLink(
          explore.filters,
          what.kind === "node"
            ? { by, through: [what.id] }
            : { by, source: what.source, target: what.target },
        ),
      ),
    [navigate, explore.filters, by],
  );
  return (
    <>
      <div className={kit.graph}>
        <div style={{ minWidth: 0 }}>
          <ReactFlowProvider>
            <PathsGraph
              graph={graph}
              journeys={journeys}
              label={label}
              medians={medians}
              stageOf={stageOf}
              goal={goal}
              picked={picked}
              onPick={setPicked}
              onOpen={open}
            />
          </ReactFlowProvider>
          <p className={kit.more} role="status">
            {t("explore.paths.kept", {
              nodes: count(graph.nodes.length, language),
              allNodes: count(graph.allNodes, language),
              edges: count(graph.edges.filter((edge) => edge.share !== null).length, language),
              allEdges: count(graph.allEdges, language),
            })}
          </p>
        </div>
        <Details told={told} by={by} picked={picked} explore={explore} onPick={setPicked} />
      </div>
      <EdgesTable told={told} by={by} explore={explore} />
    </>
  );
}

function stagesOf(map: unknown): ReadonlyMap<string, string> {
  const stages = (map as { stages?: { stage?: unknown; touchpoints?: { touchpoint?: unknown }[] }[] } | null)
    ?.stages;
  return new Map(
    (stages ?? []).flatMap((stage) =>
      (stage.touchpoints ?? []).map(
        (touchpoint) => [String(touchpoint.touchpoint), String(stage.stage)] as const,
      ),
    ),
  );
}

/** What completes a journey: touchpoints of the map, or the stages in which they lie. */
function goalOf(map: unknown, by: By): string[] {
  const goal = (map as { goal?: unknown } | null)?.goal;
  const names = (Array.isArray(goal) ? goal : goal ? [goal] : []).map(String);
  if (by !== "stage") return by === "touchpoint" ? names : [];
  const stages = stagesOf(map);
  return names.flatMap((name) => stages.get(name) ?? []);
}
