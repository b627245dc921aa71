import { memo } from "react";
import type { ExpectationCheck } from "../../api";
import { useWords } from "../../i18n";
import { Cell } from "../Cell";
import type { PromiseKey } from "../contents";
import { writeCheck } from "../expectation";
import classes from "../lanes.module.css";
import mapClasses from "../map.module.css";
import { promisesOf } from "../model";
import { sayPromise } from "./Contents";
import type { LaneProps } from "./types";

function Promised({ check }: { check: ExpectationCheck }) {
  const { t, language } = useWords();
  const name = t(`expectation.${check.expectation as "within"}`, { defaultValue: check.expectation });
  const own = check.expectation === "promised";
  const word = check.worse_when === "lower" ? "living.at_least" : "living.at_most";
  return (
    <div className={`${mapClasses.note} ${classes.promised}`}>
      <span className={mapClasses.noteLabel}>{name}</span>
      <b className="number">
        {own ? t("expectation.own") : t(word, { value: writeCheck(check, language).value(check.promise) })}
      </b>
    </div>
  );
}

/** A promise that no journey has met yet: as the author wrote it. */
function Written({ name, written }: { name: PromiseKey; written: string }) {
  const { t, language } = useWords();
  return (
    <div className={`${mapClasses.note} ${classes.promised}`}>
      <span className={mapClasses.noteLabel}>{t(`expectation.${name}`)}</span>
      <b className="number">
        {t(name === "score" ? "living.at_least" : "living.at_most", {
          value: sayPromise(name, written, language),
        })}
      </b>
    </div>
  );
}

/** What the company promises, as far as it can be measured: each in the place where reality answers it below. */
export const PromisedLane = memo(function PromisedLane({ columns, onOpen }: LaneProps) {
  return columns.map((column) => (
    <Cell
      key={column.index}
      column={column.index}
      stageStart={column.firstOfStage}
      className={classes.promisedCell}
      onOpen={() => onOpen(column.name)}
    >
      {column.row?.expectations.length
        ? column.row.expectations.map((check) => <Promised key={check.expectation} check={check} />)
        : promisesOf(column).map(({ key, written }) => <Written key={key} name={key} written={written} />)}
    </Cell>
  ));
});
