import { memo, useMemo } from "react";
import { count, flow, returnArc, share, stageFlow, thickness, throughStages } from "../../draw";
import { useWords } from "../../i18n";
import { Cell } from "../Cell";
import classes from "../flow.module.css";
import mapClasses from "../map.module.css";
import type { Column, MapModel, StageColumn } from "../model";
import type { Return } from "../returns";
import type { LaneProps } from "./types";

const NUMBERS = 30;
export const STREAM_HEIGHT = 58;
const STREAM_DEPTH = 80;
/** Room for the ways back over the stream. */
const ARCS = 40;

/** Ways back, as arcs over the stream: as thick as many journeys take them. */
function Arcs({ returns, columnWidth }: { returns: readonly Return[]; columnWidth: number }) {
  const most = Math.max(1, ...returns.map((back) => back.journeys));
  const longest = Math.max(1, ...returns.map((back) => back.from.index - back.to.index));
  return (
    <svg
      className={`${mapClasses.overlay} ${classes.arcs}`}
      height={ARCS}
      aria-hidden="true"
      data-returns={returns.length}
    >
      {returns.map((back) => {
        const arc = returnArc(back.from.index, back.to.index, columnWidth, ARCS, longest);
        return (
          <g key={`${back.from.index}-${back.to.index}`} className={classes.arc}>
            <path d={arc.path} strokeWidth={Math.max(1.2, (5 * back.journeys) / most)} />
            <path d={arc.head} strokeWidth="1.6" />
          </g>
        );
      })}
    </svg>
  );
}

/** Volume of whole stages, of touchpoints, and what leaks from each. */
function Stream({ model, columnWidth, top }: { model: MapModel; columnWidth: number; top: number }) {
  const box = { columnWidth, height: STREAM_HEIGHT, depth: STREAM_DEPTH };
  const { columns, stages } = model;
  const whole = throughStages(stages.map((stage) => stage.row));
  // One measure for both: a touchpoint never has more journeys than its stage.
  const most = Math.max(1, ...whole, ...columns.map((column) => column.row?.journeys ?? 0));
  const drawn = flow(
    columns.map((column) => ({ journeys: column.row?.journeys ?? 0, dropOff: column.row?.drop_off ?? 0 })),
    { ...box, most },
  );
  const funnel = model.hasMap
    ? stageFlow(
        stages.map((stage, i) => ({ start: stage.start, span: stage.span, journeys: whole[i] ?? 0 })),
        { ...box, most },
      )
    : "";
  return (
    <svg className={mapClasses.overlay} style={{ marginTop: top }} height={STREAM_DEPTH} aria-hidden="true">
      <defs>
        <linearGradient id="leak" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0.2" stopColor="var(--leak)" stopOpacity="0.95" />
          <stop offset="1" stopColor="var(--leak)" stopOpacity="0.15" />
        </linearGradient>
      </defs>
      {funnel && <path d={funnel} className={classes.funnel} />}
      <path d={drawn.ribbon} className={classes.ribbon} />
      {drawn.leaks.map((leak) => (
        <path key={leak.column} d={leak.path} fill="url(#leak)" />
      ))}
    </svg>
  );
}

function Passed({ stage, next }: { stage: StageColumn; next: StageColumn | undefined }) {
  const { t, language } = useWords();
  const row = stage.row;
  if (!row || !next || row.passed_on === 0) return null;
  const passed = { n: count(row.passed_on, language), share: share(row.passed_on / row.journeys, language) };
  return (
    <span className={`number ${classes.passed}`} title={t("living.passed_about", passed)}>
      <span aria-hidden="true">→ </span>
      {t("living.passed", passed)}
    </span>
  );
}

function Back({ back }: { back: Return }) {
  const { t, language } = useWords();
  const n = count(back.journeys, language);
  return (
    <span
      className={`number ${classes.back}`}
      title={t("living.returns_about", {
        n,
        share: share(back.share, language),
        from: back.from.name,
        to: back.to.name,
      })}
    >
      <span aria-hidden="true">↩ </span>
      {n}
      <span className="visually-hidden">{t("living.returns_to", { to: back.to.name })}</span>
    </span>
  );
}

function Numbers({ column }: { column: Column }) {
  const { t, language } = useWords();
  const row = column.row;
  return (
    <>
      <span className={mapClasses.volume}>
        <b className="number">{row ? count(row.journeys, language) : t("map.not_reached")}</b>
        {row && <span className={`number ${mapClasses.quiet}`}>{share(row.share, language)}</span>}
      </span>
      {row && row.drop_off > 0 && (
        <span
          className={`number ${mapClasses.leakLabel}`}
          title={t("map.drop_off_about", {
            n: count(row.drop_off, language),
            share: share(row.drop_off_share, language),
          })}
        >
          {t("map.drop_off", {
            n: count(row.drop_off, language),
            share: share(row.drop_off_share, language),
          })}
        </span>
      )}
      {row && row.under_way > 0 && (
        <span className={`number ${mapClasses.underWay}`}>
          {t("map.under_way", { n: count(row.under_way, language) })}
        </span>
      )}
    </>
  );
}

interface JourneysLaneProps extends LaneProps {
  model: MapModel;
  returns: readonly Return[];
}

/** The funnel on the map: volume of stages and touchpoints, what leaks out, who comes back. */
export const JourneysLane = memo(function JourneysLane({
  columns,
  model,
  returns,
  onOpen,
  columnWidth,
}: JourneysLaneProps) {
  const most = Math.max(1, ...model.stages.map((stage) => stage.row?.journeys ?? 0));
  const backs = useMemo(
    () => new Map([...returns].reverse().map((back) => [back.from.index, back])),
    [returns],
  );
  const arcs = returns.length > 0 ? ARCS : 0;
  return (
    <>
      {columns.map((column) => {
        const stage = model.stages[column.stage];
        const isLast = stage !== undefined && column.index === stage.start + stage.span - 1;
        const back = backs.get(column.index);
        return (
          <Cell
            key={column.index}
            column={column.index}
            stageStart={column.firstOfStage}
            className={`${mapClasses.journeysCell} ${arcs ? classes.withArcs : ""}`}
            onOpen={() => onOpen(column.name)}
          >
            <Numbers column={column} />
            {isLast && (
              <span
                className={classes.passedBox}
                style={{
                  top: NUMBERS + arcs + thickness(stage.row?.journeys ?? 0, most, STREAM_HEIGHT) - 19,
                }}
              >
                <Passed stage={stage} next={model.stages[column.stage + 1]} />
              </span>
            )}
            {back && <Back back={back} />}
          </Cell>
        );
      })}
      {arcs > 0 && <Arcs returns={returns} columnWidth={columnWidth} />}
      <Stream model={model} columnWidth={columnWidth} top={NUMBERS + arcs} />
    </>
  );
});
