import { memo } from "react";
import { count, duration, ENOUGH, share, shareLevel, waitLevel } from "../../draw";
import { useWords } from "../../i18n";
import { Cell } from "../Cell";
import classes from "../map.module.css";
import type { LaneProps } from "./types";

/** Ground and ink of a step; the least of them has no ground. */
const tinted = (name: "wait" | "level", level: number | null) =>
  level ? { tone: `var(--${name}-${level})`, ink: "var(--tinted-ink, var(--ink))" } : {};

/** Median time to the next touchpoint, and the time within which nine in ten stay. */
export const WaitsLane = memo(function WaitsLane({ columns, onOpen }: LaneProps) {
  const { t, language } = useWords();
  return columns.map((column) => {
    const row = column.row;
    const shown = row !== null && row.next_n > 0;
    const level = row ? waitLevel(row.next_median_seconds, row.next_n) : null;
    return (
      <Cell
        key={column.index}
        column={column.index}
        stageStart={column.firstOfStage}
        {...tinted("wait", level)}
        className={classes.numberCell}
        onOpen={() => onOpen(column.name)}
      >
        {shown && (
          <>
            <b className="number" data-few={row.next_n < ENOUGH || undefined}>
              {duration(row.next_median_seconds, language)}
            </b>
            <span className={classes.quiet}>
              {t("map.p90", { time: duration(row.next_p90_seconds, language) })}
            </span>
          </>
        )}
      </Cell>
    );
  });
});

interface ShareLaneProps extends LaneProps {
  read: (row: NonNullable<LaneProps["columns"][number]["row"]>) => { share: number | null; count: number };
}

/** A share of the journeys of each touchpoint, on the sequential scale. */
function ShareLane({ columns, onOpen, read }: ShareLaneProps) {
  const { t, language } = useWords();
  return columns.map((column) => {
    const row = column.row;
    const value = row ? read(row) : null;
    const level = row && value ? shareLevel(value.share, row.journeys) : null;
    return (
      <Cell
        key={column.index}
        column={column.index}
        stageStart={column.firstOfStage}
        {...tinted("level", level)}
        className={classes.numberCell}
        onOpen={() => onOpen(column.name)}
      >
        {row && value && value.share !== null && (
          <>
            <b
              className="number"
              data-few={row.journeys < ENOUGH || undefined}
              data-zero={value.count === 0 || undefined}
            >
              {share(value.share, language)}
            </b>
            {value.count > 0 && (
              <span className={`number ${classes.quiet}`}>
                {t("unit.journeys", { count: value.count, shown: count(value.count, language) })}
              </span>
            )}
          </>
        )}
      </Cell>
    );
  });
}

export const FailuresLane = memo(function FailuresLane(props: LaneProps) {
  return <ShareLane {...props} read={(row) => ({ share: row.failure_share, count: row.failed })} />;
});

export const RepeatsLane = memo(function RepeatsLane(props: LaneProps) {
  return (
    <ShareLane {...props} read={(row) => ({ share: row.reached_again_share, count: row.reached_again })} />
  );
});
