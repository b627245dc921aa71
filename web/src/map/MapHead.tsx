import { UnstyledButton } from "@mantine/core";
import type { Flags } from "../data/findingsModel";
import { count, share } from "../draw";
import { useWords } from "../i18n";
import { FlagIcon } from "../ui/icons";
import { FindingFlag } from "./FindingFlag";
import { MomentMark } from "./MomentMark";
import classes from "./map.module.css";
import type { Column, MapModel, StageColumn } from "./model";

function StageHead({ stage, flags }: { stage: StageColumn; flags: Flags | undefined }) {
  const { t, language } = useWords();
  const row = stage.row;
  return (
    <div
      role="columnheader"
      className={classes.stageHead}
      aria-colspan={stage.span}
      style={{ gridColumn: `${stage.start + 2} / span ${stage.span}` }}
    >
      <div className={classes.stageInner}>
        <span className={classes.stageName} dir="auto" title={stage.name ?? ""}>
          <span className={classes.stageNumber}>{stage.index + 1}</span>
          <bdi>{stage.name}</bdi>
          {stage.name !== null && <FindingFlag flag={flags?.stages.get(stage.name)} stage={stage.name} />}
        </span>
        {row && (
          <span className={classes.stageFacts}>
            <span className="number">
              {t("unit.journeys", { count: row.journeys, shown: count(row.journeys, language) })}
            </span>
            {row.passed_on > 0 && (
              <span className="number">{t("map.stage_passed", { n: count(row.passed_on, language) })}</span>
            )}
            {row.drop_off > 0 && (
              <span className={`number ${classes.lost}`}>
                {t("map.drop_off", {
                  n: count(row.drop_off, language),
                  share: share(row.drop_off_share, language),
                })}
              </span>
            )}
          </span>
        )}
      </div>
    </div>
  );
}

interface TouchpointHeadProps {
  column: Column;
  flags: Flags | undefined;
  onOpen: (name: string) => void;
}

function TouchpointHead({ column, flags, onOpen }: TouchpointHeadProps) {
  const { t } = useWords();
  if (column.empty)
    return (
      <div
        role="columnheader"
        className={classes.touchpointHead}
        data-stage-start=""
        data-empty-stage=""
        style={{ gridColumn: column.index + 2 }}
      >
        <span className={classes.quiet}>{t("living.empty_stage")}</span>
      </div>
    );
  const moment = column.drawn?.moment_of_truth || column.row?.moment_of_truth;
  return (
    <div
      role="columnheader"
      className={classes.touchpointHead}
      data-stage-start={column.firstOfStage || undefined}
      data-moment={moment || undefined}
      style={{ gridColumn: column.index + 2 }}
    >
      <UnstyledButton
        className={classes.touchpointName}
        title={column.name}
        onClick={() => onOpen(column.name)}
        aria-haspopup="dialog"
      >
        <bdi>{column.name}</bdi>
      </UnstyledButton>
      <span className={classes.marks}>
        <FindingFlag flag={flags?.touchpoints.get(column.name)} touchpoint={column.name} />
        <MomentMark marked={Boolean(moment)} flag={flags?.touchpoints.get(column.name)} />
        {column.row?.goal && (
          <span className={classes.goal}>
            <FlagIcon size={12} />
            <span className={classes.markWord}>{t("map.goal")}</span>
          </span>
        )}
      </span>
    </div>
  );
}

interface MapHeadProps {
  model: MapModel;
  flags: Flags | undefined;
  onOpen: (name: string) => void;
}

/** Stages over touchpoints; stays in sight while the lanes scroll. */
export function MapHead({ model, flags, onOpen }: MapHeadProps) {
  const { t } = useWords();
  return (
    <div role="rowgroup" className={classes.head}>
      {model.hasMap && (
        <div role="row" className={classes.headRow}>
          <div role="columnheader" className={classes.corner}>
            {t("map.stage")}
          </div>
          {model.stages.map((stage) => (
            <StageHead key={stage.index} stage={stage} flags={flags} />
          ))}
        </div>
      )}
      <div role="row" className={classes.headRow}>
        <div role="columnheader" className={classes.corner}>
          {t("map.touchpoint")}
        </div>
        {model.columns.map((column) => (
          <TouchpointHead key={column.index} column={column} flags={flags} onOpen={onOpen} />
        ))}
      </div>
    </div>
  );
}
