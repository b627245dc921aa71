import { memo } from "react";
import type { ExpectationCheck } from "../../api";
import { count, gapShape, interval, share } from "../../draw";
import { useWords } from "../../i18n";
import { Verdict, verdictWord } from "../../ui/Verdict";
import { Cell } from "../Cell";
import { sayCheck, writeCheck } from "../expectation";
import classes from "../lanes.module.css";
import mapClasses from "../map.module.css";
import type { LaneProps } from "./types";

const WIDTH = 140;

/** The promise as a dashed line, reality as a dot with its interval, and the way between them. */
export function GapBar({ check }: { check: ExpectationCheck }) {
  if (check.reality === null || check.expectation === "promised") return null;
  const shape = gapShape(check, WIDTH);
  return (
    <svg
      className={classes.gapBar}
      viewBox={`0 0 ${WIDTH} 16`}
      preserveAspectRatio="none"
      aria-hidden="true"
      data-verdict={verdictWord(check.verdict)}
    >
      <path d={`M0,8H${WIDTH}`} className={classes.gapGround} />
      <path d={`M${shape.promise},8H${shape.reality}`} className={classes.gapWay} />
      {shape.interval && (
        <path d={`M${shape.interval[0]},8H${shape.interval[1]}`} className={classes.gapInterval} />
      )}
      <path d={`M${shape.promise},1V15`} className={classes.gapPromise} />
      <path d={`M${shape.reality},8h0.01`} className={classes.gapReality} />
    </svg>
  );
}

/** One promise answered: the gap with its sign and interval, what was met, how many were kept, on how many it stands. */
export function CheckCard({ check }: { check: ExpectationCheck }) {
  const { t, language } = useWords();
  const write = writeCheck(check, language);
  const name = t(`expectation.${check.expectation as "within"}`, { defaultValue: check.expectation });
  const range = interval(check.gap_low, check.gap_high, write.gap);
  return (
    <div className={mapClasses.check} data-verdict={verdictWord(check.verdict)}>
      <span className={mapClasses.checkHead}>
        <span className={mapClasses.checkName}>{name}</span>
        <Verdict verdict={check.verdict} />
      </span>
      <GapBar check={check} />
      {check.gap !== null && (
        <b
          className={`number ${mapClasses.gap}`}
          title={range ? t("summary.interval", { range }) : undefined}
        >
          {write.gap(check.gap)}
        </b>
      )}
      <span className={mapClasses.quiet}>{sayCheck(check, t, language)}</span>
      {check.kept_share !== null && (
        <>
          <span className={mapClasses.keptBar} aria-hidden="true">
            <span style={{ width: `${Math.round(check.kept_share * 100)}%` }} />
          </span>
          <span className={mapClasses.quiet}>
            {t("map.kept", { share: share(check.kept_share, language), n: count(check.n, language) })}
          </span>
        </>
      )}
    </div>
  );
}

/** Reality against each stated promise. */
export const RealityLane = memo(function RealityLane({ columns, onOpen }: LaneProps) {
  return columns.map((column) => (
    <Cell
      key={column.index}
      column={column.index}
      stageStart={column.firstOfStage}
      className={mapClasses.stackCell}
      onOpen={() => onOpen(column.name)}
    >
      {column.row?.expectations.map((check) => (
        <CheckCard key={check.expectation} check={check} />
      ))}
    </Cell>
  ));
});
