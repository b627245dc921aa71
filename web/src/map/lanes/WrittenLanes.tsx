import type { ReactNode } from "react";
import { useWords } from "../../i18n";
import { Cell } from "../Cell";
import classes from "../map.module.css";
import { type Column, painsOf, processOf, type StageColumn } from "../model";
import type { LaneProps } from "./types";

/** What an author wrote, on paper: never to be taken for a measurement. */
export function Note({
  label,
  kind,
  children,
}: {
  label?: string | undefined;
  kind?: string;
  children: ReactNode;
}) {
  return (
    <div className={classes.note} data-kind={kind}>
      {label && <span className={classes.noteLabel}>{label}</span>}
      <span dir="auto">{children}</span>
    </div>
  );
}

interface StageLaneProps extends LaneProps {
  read: (stage: StageColumn) => string[];
}

/** Notes that hold for a whole stage. */
export function StageLane({ stages, onOpen, read }: StageLaneProps) {
  return stages.map((stage) => (
    <Cell
      key={stage.index}
      column={stage.start}
      span={stage.span}
      stageStart
      className={classes.stageCell}
      onOpen={stage.first ? () => onOpen(stage.first) : undefined}
    >
      {read(stage).map((text) => (
        <Note key={text}>{text}</Note>
      ))}
    </Cell>
  ));
}

interface ColumnLaneProps extends LaneProps {
  render: (column: Column) => ReactNode;
}

function ColumnLane({ columns, onOpen, render }: ColumnLaneProps) {
  return columns.map((column) => (
    <Cell
      key={column.index}
      column={column.index}
      stageStart={column.firstOfStage}
      className={classes.stackCell}
      onOpen={() => onOpen(column.name)}
    >
      {render(column)}
    </Cell>
  ));
}

export function Hopes({ column }: { column: Column }) {
  const { t } = useWords();
  const expects = column.drawn?.expects;
  return (
    <>
      {expects?.best && (
        <Note label={t("hope.best")} kind="best">
          {expects.best}
        </Note>
      )}
      {expects?.worst && (
        <Note label={t("hope.worst")} kind="worst">
          {expects.worst}
        </Note>
      )}
    </>
  );
}

export function Pains({ column }: { column: Column }) {
  const { t } = useWords();
  return painsOf(column).map(({ pain, kind }) => (
    <Note key={pain} label={kind ? t(`pain.${kind}`, { defaultValue: kind }) : undefined} kind="pain">
      {pain}
    </Note>
  ));
}

export function Processes({ column }: { column: Column }) {
  const { t } = useWords();
  const process = processOf(column);
  if (!process) return null;
  const facts = [
    [t("process.department"), process.department],
    [t("process.owner"), process.owner],
    [t("process.systems"), process.systems.join(", ")],
  ].filter(([, value]) => value);
  return (
    <div className={classes.note}>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

export const HopesLane = (props: LaneProps) => (
  <ColumnLane {...props} render={(column) => <Hopes column={column} />} />
);
export const PainsLane = (props: LaneProps) => (
  <ColumnLane {...props} render={(column) => <Pains column={column} />} />
);
export const ProcessesLane = (props: LaneProps) => (
  <ColumnLane {...props} render={(column) => <Processes column={column} />} />
);
export const ExtraLane = ({ name, ...props }: LaneProps & { name: string }) => (
  <ColumnLane
    {...props}
    render={(column) => column.extra[name]?.map((text) => <Note key={text}>{text}</Note>)}
  />
);
