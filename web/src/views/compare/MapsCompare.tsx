import { Button, Skeleton, Switch } from "@mantine/core";
import { type CSSProperties, type ReactNode, useMemo, useRef, useState } from "react";
import { ErrorPanel } from "../../data/ErrorPanel";
import { type Filters, useLivingMap } from "../../data/queries";
import { count, signed } from "../../draw";
import { useWords } from "../../i18n";
import { Cell } from "../../map/Cell";
import { writeCheck } from "../../map/expectation";
import { COLUMN_WIDTH, LANE_WIDTH } from "../../map/LivingMap";
import { CheckCard } from "../../map/lanes/RealityLane";
import mapClasses from "../../map/map.module.css";
import { buildModel, type Column, type MapModel, markOf } from "../../map/model";
import { moodOf } from "../../map/mood";
import { useGridKeys } from "../../map/useGridKeys";
import classes from "./compare.module.css";
import { type Fated, fates, summed } from "./maps";

function Change({ before, after }: { before: string; after: string }) {
  const { t } = useWords();
  if (!before && !after) return null;
  if (before === after) return <span className={classes.unchanged}>{before}</span>;
  return (
    <span className={classes.changedText}>
      {before && <del dir="auto">{before}</del>}
      {after ? <ins dir="auto">{after}</ins> : <span>{t("compare.maps.nothing")}</span>}
    </span>
  );
}

function Promises({ column }: { column: Column | null }): string {
  const { t, language } = useWords();
  return (column?.row?.expectations ?? [])
    .filter((check) => check.expectation !== "promised")
    .map((check) => {
      const name = t(`expectation.${check.expectation as "within"}`, { defaultValue: check.expectation });
      return `${name} ${writeCheck(check, language).value(check.promise)}`;
    })
    .join("; ");
}

function Mood({ one }: { one: Fated }) {
  const { t, language } = useWords();
  const [before, after] = [one.first && markOf(one.first), one.second && markOf(one.second)];
  const today = (one.first ?? one.second) && moodOf((one.first ?? one.second) as Column);
  const write = (mark: number | null) => (mark === null ? "" : signed(mark, language, 1));
  return (
    <>
      <Change before={write(before)} after={write(after)} />
      {today !== null && today !== undefined && (
        <span className={`number ${mapClasses.quiet}`}>
          {t("map.measured")}: {signed(today, language)}
        </span>
      )}
    </>
  );
}

const ROWS = ["state", "best", "worst", "promise", "today", "mood"] as const;

function RowCell({ row, one }: { row: (typeof ROWS)[number]; one: Fated }): ReactNode {
  const { t } = useWords();
  const before = Promises({ column: one.first });
  const after = Promises({ column: one.second });
  switch (row) {
    case "state":
      return (
        <span className={classes.fate} data-fate={one.fate}>
          {t(`compare.maps.${one.fate}`)}
          {one.from && <small>{t("compare.maps.moved", { stage: one.from })}</small>}
          {one.fate === "stays" && !one.changed && <small>{t("compare.maps.untouched")}</small>}
        </span>
      );
    case "promise":
      return <Change before={before} after={after} />;
    case "today":
      return one.second?.row?.expectations.map((check) => (
        <CheckCard key={check.expectation} check={check} />
      ));
    case "mood":
      return <Mood one={one} />;
    default:
      return (
        <Change
          before={one.first?.drawn?.expects?.[row] ?? ""}
          after={one.second?.drawn?.expects?.[row] ?? ""}
        />
      );
  }
}

function Grid({ all, onOpen }: { all: readonly Fated[]; onOpen: (touchpoint: string) => void }) {
  const { t } = useWords();
  const grid = useRef<HTMLDivElement>(null);
  const ends = { first: 0, last: all.length - 1, stages: [] };
  const onKeyDown = useGridKeys(grid, { ends, reveal: () => {} });
  return (
    <section
      className={`${mapClasses.scroller} ${classes.scroller}`}
      id="map"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys
      tabIndex={0}
      aria-label={t("compare.side_by_side")}
    >
      <div
        ref={grid}
        role="grid"
        aria-label={t("compare.title")}
        className={mapClasses.grid}
        style={
          {
            "--columns": all.length,
            "--lane-width": `${LANE_WIDTH}px`,
            "--column-width": `${COLUMN_WIDTH}px`,
          } as CSSProperties
        }
        onKeyDown={onKeyDown}
      >
        <div role="rowgroup" className={mapClasses.head}>
          <div role="row" className={mapClasses.headRow}>
            <div role="columnheader" className={mapClasses.corner}>
              {t("map.touchpoint")}
            </div>
            {all.map((one, i) => (
              <div
                key={one.name}
                role="columnheader"
                className={`${mapClasses.touchpointHead} ${classes.fateHead}`}
                data-fate={one.fate}
                style={{ gridColumn: i + 2 }}
              >
                <span className={mapClasses.touchpointName}>
                  <bdi>{one.name}</bdi>
                </span>
                <span
                  className={`${mapClasses.quiet} ${classes.fateStage}`}
                  dir="auto"
                  title={one.stage ?? ""}
                >
                  {one.stage}
                </span>
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className={mapClasses.body}>
          {ROWS.map((row) => (
            <div
              key={row}
              role="row"
              className={mapClasses.row}
              data-row={row}
              data-measured={row === "today" ? "true" : "false"}
            >
              <div role="rowheader" className={mapClasses.laneHead}>
                <span className={mapClasses.laneTitle}>{t(`compare.maps.${row}`)}</span>
              </div>
              {all.map((one, i) => (
                <Cell
                  key={one.name}
                  column={i}
                  stageStart={one.stage !== all[i - 1]?.stage}
                  className={mapClasses.stackCell}
                  onOpen={one.first ? () => onOpen(one.name) : undefined}
                >
                  <RowCell row={row} one={one} />
                </Cell>
              ))}
            </div>
          ))}
        </div>
      </div>
    </section>
  );
}

interface MapsCompareProps {
  model: MapModel;
  filters: Filters;
  other: { id: string; name: string };
  onOpen: (touchpoint: string) => void;
  onClear: () => void;
}

/** The map as it is beside the map as it is to be, and how far today's journeys are from its promises. */
export default function MapsCompare({ model, filters, other, onOpen, onClear }: MapsCompareProps) {
  const { t, language } = useWords();
  const asked = useLivingMap({ ...filters, map: other.id }, true);
  const [only, setOnly] = useState(false);
  const all = useMemo(
    () => (asked.data && !asked.isPlaceholderData ? fates(model, buildModel(asked.data)) : null),
    [asked.data, asked.isPlaceholderData, model],
  );
  if (asked.error)
    return <ErrorPanel error={asked.error} onRetry={() => void asked.refetch()} onClear={onClear} />;
  if (!all)
    return (
      <div className={classes.waiting} aria-busy="true">
        <Skeleton height={60} radius="md" mb="md" />
        <Skeleton height={360} radius="md" />
      </div>
    );
  const sums = summed(all);
  const shown = only ? all.filter((one) => one.fate !== "stays" || one.changed) : all;
  const write = (number: number) => count(number, language);
  return (
    <div className={classes.compare} data-compare="maps">
      <section className={classes.head} aria-label={t("compare.title")}>
        <div className={classes.groups}>
          {[model.name ?? "", other.name].map((name, i) => (
            <div
              key={i === 0 ? "first" : "second"}
              className={classes.group}
              data-side={i === 0 ? "first" : "second"}
            >
              <i aria-hidden="true" />
              <b>
                <bdi>{name}</bdi>
              </b>
              <span>{t(i === 0 ? "compare.maps.as_is" : "compare.maps.to_be")}</span>
            </div>
          ))}
        </div>
        <p className={classes.said}>
          {t("compare.maps.count", {
            added: write(sums.added),
            gone: write(sums.gone),
            changed: write(sums.changed),
            same: write(sums.same),
          })}{" "}
          {sums.promises > 0 &&
            t("compare.maps.reach", { kept: write(sums.kept), all: write(sums.promises) })}
        </p>
        <div className={classes.tools}>
          <Switch
            size="xs"
            checked={only}
            onChange={(event) => setOnly(event.currentTarget.checked)}
            label={t("compare.only")}
          />
          <Button size="compact-xs" variant="default" onClick={onClear}>
            {t("compare.stop")}
          </Button>
        </div>
      </section>
      {shown.length ? (
        <Grid all={shown} onOpen={onOpen} />
      ) : (
        <p className={classes.none}>{t("compare.nothing")}</p>
      )}
    </div>
  );
}
