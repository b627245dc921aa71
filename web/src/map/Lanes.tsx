import { useWords } from "../i18n";
import { LaneRow } from "./LaneRow";
import { EmotionLane } from "./lanes/EmotionLane";
import { ExpectationsLane } from "./lanes/ExpectationsLane";
import { JourneysLane } from "./lanes/JourneysLane";
import { ShareLane, WaitsLane } from "./lanes/NumberLanes";
import type { LaneProps } from "./lanes/types";
import { ExtraLane, HopesLane, PainsLane, ProcessesLane, StageLane } from "./lanes/WrittenLanes";
import type { Lane } from "./model";

const ABOUT = new Set(["journeys", "emotion", "expectations", "waits", "failures", "repeats"]);

function LaneCells({ lane, ...props }: LaneProps & { lane: Lane }) {
  switch (lane.kind) {
    case "journeys":
      return <JourneysLane {...props} />;
    case "emotion":
      return <EmotionLane {...props} />;
    case "expectations":
      return <ExpectationsLane {...props} />;
    case "hopes":
      return <HopesLane {...props} />;
    case "waits":
      return <WaitsLane {...props} />;
    case "failures":
      return <ShareLane {...props} read={(row) => ({ share: row.failure_share, count: row.failed })} />;
    case "repeats":
      return (
        <ShareLane
          {...props}
          read={(row) => ({ share: row.reached_again_share, count: row.reached_again })}
        />
      );
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
}

interface LanesProps extends LaneProps {
  lanes: Lane[];
  closed: ReadonlySet<string>;
  onToggle: (lane: string) => void;
}

export function Lanes({ lanes, closed, onToggle, ...props }: LanesProps) {
  const { t } = useWords();
  return lanes.map((lane) => (
    <LaneRow
      key={lane.id}
      id={lane.id}
      title={lane.key ?? t(`lane.${lane.kind as "journeys"}`)}
      about={ABOUT.has(lane.kind) ? t(`lane.${lane.kind as "journeys"}_about`) : undefined}
      measured={lane.measured}
      open={!closed.has(lane.id)}
      onToggle={() => onToggle(lane.id)}
    >
      <LaneCells lane={lane} {...props} />
    </LaneRow>
  ));
}
