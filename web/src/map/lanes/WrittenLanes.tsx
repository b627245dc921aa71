import type { ReactNode } from "react";
import type { Lane as Term } from "../../api";
import { Cell } from "../Cell";
import classes from "../map.module.css";
import { type Column, hopesOf } from "../model";
import { Contents } from "./Contents";
import type { LaneProps } from "./types";

interface WrittenProps extends LaneProps {
  name: string;
  term: Term | undefined;
}

/** What holds for a whole stage. */
export function StageLane({ stages, onOpen, name, term }: WrittenProps) {
  return stages.map((stage) => (
    <Cell
      key={stage.index}
      column={stage.start}
      span={stage.span}
      stageStart
      className={classes.stageCell}
      onOpen={stage.first ? () => onOpen(stage.first) : undefined}
    >
      <Contents term={term} value={stage.drawn?.[name]} />
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

export const HopesLane = ({ term, ...props }: LaneProps & { term: Term | undefined }) => (
  <ColumnLane {...props} render={(column) => <Contents term={term} value={hopesOf(column)} />} />
);
export const TouchpointLane = ({ name, term, ...props }: WrittenProps) => (
  <ColumnLane {...props} render={(column) => <Contents term={term} value={column.drawn?.[name]} />} />
);
