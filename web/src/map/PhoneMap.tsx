import type { Flags } from "../data/findingsModel";
import type { View } from "../data/view";
import { count, share } from "../draw";
import { useWords } from "../i18n";
import { FindingFlag } from "./FindingFlag";
import { isMetric } from "./heat";
import { CURVE_HEIGHT, EmotionCurve, MARGIN } from "./lanes/EmotionLane";
import classes from "./map.module.css";
import type { MapModel, StageColumn } from "./model";
import { TouchpointCard } from "./PhoneCard";
import type { Return } from "./returns";
import scales from "./scales.module.css";
import { hiddenLanes } from "./shown";
import { Notes, usePartsOfStage } from "./TouchpointNotes";

/** A screen as wide as a hand has no room for more points of a curve. */
const MOST_POINTS = 30;

interface StageProps {
  stage: StageColumn;
  shown: (lane: string) => boolean;
}

/** What the author wrote about the stage as a whole. */
function StageNotes({ stage, shown }: StageProps) {
  const { t } = useWords();
  const parts = usePartsOfStage(stage).filter((part) => shown(part.id));
  if (!parts.length) return null;
  return (
    <details className={classes.stageMore}>
      <summary>{t("lane.stage_notes")}</summary>
      <div className={classes.cardNotes}>
        <Notes parts={parts} of={{ stage }} />
      </div>
    </details>
  );
}

function StageFacts({ stage }: { stage: StageColumn }) {
  const { t, language } = useWords();
  const row = stage.row;
  if (!row) return null;
  return (
    <span className={classes.stageFacts}>
      <span>{t("unit.journeys", { count: row.journeys, shown: count(row.journeys, language) })}</span>
      {row.passed_on > 0 && (
        <span className="number">{t("map.stage_passed", { n: count(row.passed_on, language) })}</span>
      )}
      {row.drop_off > 0 && (
        <span className={classes.lost}>
          {t("map.drop_off", {
            n: count(row.drop_off, language),
            share: share(row.drop_off_share, language),
          })}
        </span>
      )}
    </span>
  );
}

interface PhoneMapProps {
  model: MapModel;
  view: View;
  flags?: Flags | undefined;
  returns: readonly Return[];
  onOpen: (name: string) => void;
}

/** The same map for a narrow screen: the curve as a whole on top, then stage by stage. */
export function PhoneMap({ model, view, flags, returns, onOpen }: PhoneMapProps) {
  const { t } = useWords();
  const step = 40;
  const total = step * model.columns.length;
  const most = Math.max(1, ...model.columns.map((column) => column.row?.journeys ?? 0));
  const hidden = hiddenLanes(model, view);
  const shown = (lane: string) => !hidden.includes(lane);
  const heat = view.heat.filter(isMetric);
  return (
    <div className={`${classes.phone} ${scales.scaled}`} data-scale={view.scale}>
      {model.lanes.some((lane) => lane.kind === "emotion") && shown("emotion") && (
        <section className={classes.phoneCurve}>
          <h2>{t("lane.emotion")}</h2>
          <svg
            viewBox={`0 ${MARGIN - 14} ${total} ${CURVE_HEIGHT - 2 * MARGIN + 28}`}
            preserveAspectRatio="none"
            height="92"
            aria-hidden="true"
          >
            {model.stages.slice(1).map((stage) => (
              <line
                key={stage.index}
                x1={stage.start * step}
                x2={stage.start * step}
                y1={0}
                y2={CURVE_HEIGHT}
                stroke="var(--line)"
                vectorEffect="non-scaling-stroke"
              />
            ))}
            <EmotionCurve
              columns={model.columns}
              columnWidth={step}
              total={total}
              bare={model.columns.length > MOST_POINTS}
            />
          </svg>
        </section>
      )}
      {model.stages.map((stage) => (
        <section key={stage.index} className={classes.phoneStage}>
          {stage.name !== null && (
            <div className={classes.phoneStageHead}>
              <h2>
                <span className={classes.stageNumber}>{stage.index + 1}</span> <bdi>{stage.name}</bdi>
              </h2>
              <FindingFlag flag={flags?.stages.get(stage.name)} stage={stage.name} />
              <StageFacts stage={stage} />
            </div>
          )}
          <StageNotes stage={stage} shown={shown} />
          {model.columns.slice(stage.start, stage.start + stage.span).map((column) =>
            column.empty ? (
              <p key={column.index} className={classes.quiet}>
                {t("living.empty_stage")}
              </p>
            ) : (
              <TouchpointCard
                key={column.index}
                column={column}
                model={model}
                most={most}
                flags={flags}
                heat={heat}
                shown={shown}
                returns={returns.filter((back) => back.from.index === column.index)}
                onOpen={onOpen}
              />
            ),
          )}
        </section>
      ))}
    </div>
  );
}
