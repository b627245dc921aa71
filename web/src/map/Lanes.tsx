import { memo, useCallback, useMemo } from "react";
import type { Lane as Term } from "../api";
import type { Flags } from "../data/findingsModel";
import { useTerms } from "../data/maps";
import { useWords } from "../i18n";
import { laneKey } from "./arrange";
import { BELIEF, type Evidence } from "./evidence";
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
import { HopesLane, StageLane, TouchpointLane } from "./lanes/WrittenLanes";
import { useLaneTitle } from "./laneTitle";
import type { Lane, MapModel } from "./model";
import { useStanding } from "./Proofs";
import type { Return } from "./returns";

const ABOUT = new Set(["journeys", "emotion", "promised", "reality", "waits", "failures", "repeats"]);

/** What the lanes show besides their columns. */
export interface Shown {
  model: MapModel;
  flags: Flags | undefined;
  returns: readonly Return[];
}

interface CellsProps extends LaneProps, Shown {
  lane: Lane;
  /** What the registry knows of it. */
  term: Term | undefined;
}

const LaneCells = memo(function LaneCells({ lane, term, model, flags, returns, ...props }: CellsProps) {
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
      return <HopesLane {...props} term={term} />;
    case "waits":
      return <WaitsLane {...props} />;
    case "failures":
      return <FailuresLane {...props} />;
    case "repeats":
      return <RepeatsLane {...props} />;
    case "stage":
      return <StageLane {...props} name={lane.key ?? ""} term={term} />;
    case "touchpoint":
      return <TouchpointLane {...props} name={lane.key ?? ""} term={term} />;
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
  const { ofColumn, ofStage } = useStanding();
  return useCallback(
    (lane: Lane): ((column: number) => Evidence) | null => {
      if (lane.measured) return null;
      return (at) => {
        const column = model.columns[at];
        const stage = column && model.stages[column.stage];
        if (!column || !stage) return BELIEF;
        return lane.kind === "stage" ? ofStage(stage, lane.id) : ofColumn(column, lane.id);
      };
    },
    [model, ofColumn, ofStage],
  );
}

export const Lanes = memo(function Lanes({ lanes, folded, steady, actions, ...props }: LanesProps) {
  const { t } = useWords();
  const titleOf = useLaneTitle();
  const terms = useTerms();
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
      <LaneCells lane={lane} term={terms.get(laneKey(lane.id))} {...props} />
    </LaneRow>
  ));
});
