import { memo } from "react";
import type { Flags } from "../../data/findingsModel";
import { count, ENOUGH } from "../../draw";
import { useWords } from "../../i18n";
import { Cell } from "../Cell";
import { type Heat, heatColours, heatRow, type Metric } from "../heat";
import classes from "../lanes.module.css";
import type { MapModel } from "../model";
import type { LaneProps } from "./types";

/** The number of a metric on its colour; grey where too few stand behind it, with a sign where it is better or worse. */
export function HeatValue({ heat, metric }: { heat: Heat; metric: Metric }) {
  const { t, language } = useWords();
  const few = heat.step === null || heat.n < ENOUGH;
  const side = heat.kind === "side" && heat.step !== null && heat.step !== 0 ? Math.sign(heat.step) : 0;
  const more =
    metric === "gap" ? t(`expectation.${heat.more as "within"}`, { defaultValue: heat.more }) : heat.more;
  return (
    <>
      <b className="number" data-few={few || undefined}>
        {side !== 0 && (
          <span className={classes.heatSign} aria-hidden="true">
            {side > 0 ? "▲" : "▼"}
          </span>
        )}
        {heat.text}
        {side !== 0 && (
          <span className="visually-hidden"> {t(side > 0 ? "legend.better" : "legend.worse")}</span>
        )}
      </b>
      {(more || few) && (
        <span className={`number ${classes.heatMore}`}>
          {few ? t("summary.n", { n: count(heat.n, language) }) : more}
        </span>
      )}
    </>
  );
}

interface HeatLaneProps extends LaneProps {
  model: MapModel;
  metric: Metric;
  flags: Flags | undefined;
}

/** One metric across all touchpoints: a row of the heat map. */
export const HeatLane = memo(function HeatLane({ columns, model, metric, flags, onOpen }: HeatLaneProps) {
  const { language } = useWords();
  const heats = heatRow(metric, columns, model, flags, language);
  return columns.map((column, i) => {
    const heat = heats[i];
    const colours = heat ? heatColours(heat) : null;
    return (
      <Cell
        key={column.index}
        column={column.index}
        stageStart={column.firstOfStage}
        tone={colours?.tone}
        ink={colours?.ink}
        className={classes.heatCell}
        onOpen={() => onOpen(column.name)}
      >
        {heat && <HeatValue heat={heat} metric={metric} />}
      </Cell>
    );
  });
});
