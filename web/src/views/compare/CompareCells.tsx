import { interval } from "../../draw";
import { useWords } from "../../i18n";
import { Cell } from "../../map/Cell";
import { heatColours } from "../../map/heat";
import type { Column } from "../../map/model";
import classes from "./compare.module.css";
import type { Measure, Pair } from "./model";
import { writer } from "./words";

interface PairCellProps {
  column: Column;
  at: number;
  stageStart: boolean;
  pair: Pair | null;
  measure: Measure;
  onOpen: (touchpoint: string) => void;
}

/** Both numbers and the change between them with its interval; coloured only where the change is real. */
export function PairCell({ column, at, stageStart, pair, measure, onOpen }: PairCellProps) {
  const { t, language } = useWords();
  const write = writer(measure, language);
  const colours = pair?.differs
    ? pair.side === 0
      ? heatColours({ kind: "amount", step: 2 })
      : heatColours({ kind: "side", step: 2 * pair.side })
    : null;
  const range = pair && interval(pair.low, pair.high, write.change);
  return (
    <Cell
      column={at}
      stageStart={stageStart}
      tone={colours?.tone}
      ink={colours?.ink}
      className={classes.pairCell}
      onOpen={() => onOpen(column.name)}
    >
      {pair && (
        <span className={classes.pair} data-differs={pair.differs} data-pair={measure}>
          <span className={`number ${classes.sides}`}>
            <span data-side="first">{write.value(pair.first)}</span>
            <span aria-hidden="true"> → </span>
            <span data-side="second">{write.value(pair.second)}</span>
          </span>
          {pair.change === null ? (
            <span className={classes.change}>{t("compare.untold")}</span>
          ) : (
            <span
              className={`number ${classes.change}`}
              title={range ? t("summary.interval", { range }) : ""}
            >
              {pair.differs && pair.side !== 0 && (
                <>
                  <span aria-hidden="true">{pair.side > 0 ? "▲ " : "▼ "}</span>
                  <span className="visually-hidden">
                    {t(pair.side > 0 ? "legend.better" : "legend.worse")}{" "}
                  </span>
                </>
              )}
              {pair.differs ? write.change(pair.change) : t("compare.same")}
            </span>
          )}
        </span>
      )}
    </Cell>
  );
}
