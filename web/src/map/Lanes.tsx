import { memo, useCallback, useMemo } from "react";
import type { Flags } from "../data/findingsModel";
import { useWords } from "../i18n";
import { type Evidence, evidenceOf } from "./evidence";
import { isMetric, type Metric } from "./heat";
import type { LaneActions } from "./LaneMenu";
import { LaneRow } from "./LaneRow";
import { EmotionLane } from "./lanes/EmotionLane";
import { HeatLane } from "./lanes/HeatLane";
import { JourneysLane } from "./lanes/JourneysLane";
import { FailuresLane, RepeatsLane, WaitsLane } from "./lanes/NumberLanes";
import { PromisedLane } from "./lanes/PromisedLane";
import { RealityLane } from "./lanes/RealityLane";
import type { LaneProps } from "./lanes/types";
import { ExtraLane, HopesLane, PainsLane, ProcessesLane, StageLane } from "./lanes/WrittenLanes";
import { useLaneTitle } from "./laneTitle";
import type { Lane, MapModel } from "./model";
import type { Return } from "./returns";

const ABOUT = new Set(["journeys", "emotion", "promised", "reality", "waits", "failures", "repeats"]);
const OF_STAGE = new Set(["jobs", "customer_metrics", "company_metrics", "stage_extra"]);

/** What the lanes show besides their columns. */
export interface Shown {
  model: MapModel;
  flags: Flags | undefined;
  returns: readonly Return[];
}

interface CellsProps extends LaneProps, Shown {
  lane: Lane;
}

const LaneCells = memo(function LaneCells({ lane, model, flags, returns, ...props }: CellsProps) {
  switch (lane.kind) {
    case "heat":
      return isMetric(lane.key ?? "") ? (
        <HeatLane {...props} model={model} flags={flags} metric={lane.key as Metric} />
      ) : null;
    case "journeys":
      return <JourneysLane {...props} model={model} returns={returns} />;
    case "emotion":
      return <EmotionLane {...props} model={model} />;
    case "promised":
      return <PromisedLane {...props} />;
    case "reality":
      return <RealityLane {...props} />;
    case "hopes":
      return <HopesLane {...props} />;
    case "waits":
      return <WaitsLane {...props} />;
    case "failures":
      return <FailuresLane {...props} />;
    case "repeats":
      return <RepeatsLane {...props} />;
    case "jobs":
      return <StageLane {...props} read={(stage) => stage.jobs} />;
    case "customer_metrics":
      return <StageLane {...props} read={(stage) => stage.customerMetrics} />;
    case "company_metrics":
      return <StageLane {...props} read={(stage) => stage.companyMetrics} />;
    case "pains":
      return <PainsLane {...props} />;
    case "processes":
      return <ProcessesLane {...props} />;
    case "stage_extra":
      return <StageLane {...props} read={(stage) => stage.extra[lane.key ?? ""] ?? []} />;
    case "extra":
      return <ExtraLane {...props} name={lane.key ?? ""} />;
  }
});

interface LanesProps extends LaneProps, Shown {
  lanes: Lane[];
  folded: ReadonlySet<string>;
  steady: boolean;
  actions: LaneActions;
}

/** On what the author's words stand, column by column. */
function useEvidence(model: MapModel) {
  const now = useMemo(() => new Date(), []);
  return useCallback(
    (lane: Lane): ((column: number) => Evidence) | null => {
      if (lane.measured) return null;
      return (column) => {
        const drawn = model.columns[column];
        const stage = drawn && model.stages[drawn.stage];
        const notes = OF_STAGE.has(lane.kind) ? stage?.evidence : drawn?.drawn?.evidence;
        return evidenceOf(notes, lane.id, now);
      };
    },
    [model, now],
  );
}

export const Lanes = memo(function Lanes({ lanes, folded, steady, actions, ...props }: LanesProps) {
  const { t } = useWords();
  const titleOf = useLaneTitle();
  const evidence = useEvidence(props.model);
  const of = useMemo(() => new Map(lanes.map((lane) => [lane.id, evidence(lane)])), [lanes, evidence]);
  return lanes.map((lane) => (
    <LaneRow
      key={lane.id}
      id={lane.id}
      title={titleOf(lane)}
      about={ABOUT.has(lane.kind) ? t(`lane.${lane.kind as "journeys"}_about`) : undefined}
      measured={lane.measured}
      open={!folded.has(lane.id)}
      steady={steady}
      actions={actions}
      evidence={of.get(lane.id) ?? null}
    >
      <LaneCells lane={lane} {...props} />
    </LaneRow>
  ));
});
