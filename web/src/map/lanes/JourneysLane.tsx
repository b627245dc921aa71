import { count, flow, share } from "../../draw";
import { useWords } from "../../i18n";
import { Cell } from "../Cell";
import classes from "../map.module.css";
import type { LaneProps } from "./types";

export const STREAM_TOP = 30;
export const STREAM_HEIGHT = 58;
const STREAM_DEPTH = 80;

/** Numbers over a stream whose thickness is volume; drop-off leaks down to its own number. */
export function JourneysLane({ columns, onOpen, columnWidth }: LaneProps) {
  const { t, language } = useWords();
  const drawn = flow(
    columns.map((column) => ({ journeys: column.row?.journeys ?? 0, dropOff: column.row?.drop_off ?? 0 })),
    { columnWidth, height: STREAM_HEIGHT, depth: STREAM_DEPTH },
  );
  return (
    <>
      {columns.map((column) => {
        const row = column.row;
        return (
          <Cell
            key={column.index}
            column={column.index}
            stageStart={column.firstOfStage}
            className={classes.journeysCell}
            onOpen={() => onOpen(column.name)}
          >
            <span className={classes.volume}>
              <b className="number">{row ? count(row.journeys, language) : t("map.not_reached")}</b>
              {row && <span className={`number ${classes.quiet}`}>{share(row.share, language)}</span>}
            </span>
            {row && row.drop_off > 0 && (
              <span
                className={`number ${classes.leakLabel}`}
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
              <span className={`number ${classes.underWay}`}>
                {t("map.under_way", { n: count(row.under_way, language) })}
              </span>
            )}
          </Cell>
        );
      })}
      <svg
        className={classes.overlay}
        style={{ marginTop: STREAM_TOP }}
        height={STREAM_DEPTH}
        aria-hidden="true"
      >
        <defs>
          <linearGradient id="leak" x1="0" y1="0" x2="0" y2="1">
            <stop offset="0.2" stopColor="var(--leak)" stopOpacity="0.95" />
            <stop offset="1" stopColor="var(--leak)" stopOpacity="0.15" />
          </linearGradient>
        </defs>
        <path d={drawn.ribbon} fill="var(--flow)" />
        {drawn.leaks.map((leak) => (
          <path key={leak.column} d={leak.path} fill="url(#leak)" />
        ))}
      </svg>
    </>
  );
}
