import type { ExpectationCheck } from "../../api";
import { count, share } from "../../draw";
import { useWords } from "../../i18n";
import { Verdict, verdictWord } from "../../ui/Verdict";
import { Cell } from "../Cell";
import { sayCheck, writeCheck } from "../expectation";
import classes from "../map.module.css";
import type { LaneProps } from "./types";

function CheckCard({ check }: { check: ExpectationCheck }) {
  const { t, language } = useWords();
  const write = writeCheck(check, language);
  const name = t(`expectation.${check.expectation}`, { defaultValue: check.expectation });
  return (
    <div className={classes.check} data-verdict={verdictWord(check.verdict)}>
      <span className={classes.checkHead}>
        <span className={classes.checkName}>{name}</span>
        <Verdict verdict={check.verdict} />
      </span>
      {check.gap !== null && <b className={`number ${classes.gap}`}>{write.gap(check.gap)}</b>}
      <span className={classes.quiet}>{sayCheck(check, t, language)}</span>
      {check.kept_share !== null && (
        <>
          <span className={classes.keptBar} aria-hidden="true">
            <span style={{ width: `${Math.round(check.kept_share * 100)}%` }} />
          </span>
          <span className={classes.quiet}>
            {t("map.kept", { share: share(check.kept_share, language), n: count(check.n, language) })}
          </span>
        </>
      )}
    </div>
  );
}

/** Each stated promise: gap with its sign, what was met against what was promised, how many were kept. */
export function ExpectationsLane({ columns, onOpen }: LaneProps) {
  return columns.map((column) => (
    <Cell
      key={column.index}
      column={column.index}
      stageStart={column.firstOfStage}
      className={classes.stackCell}
      onOpen={() => onOpen(column.name)}
    >
      {column.row?.expectations.map((check) => (
        <CheckCard key={check.expectation} check={check} />
      ))}
    </Cell>
  ));
}
