import { useEffect, useMemo, useState } from "react";
import { flushSync } from "react-dom";
import { LivingMap, type LivingMapProps } from "./LivingMap";
import classes from "./map.module.css";
import type { Column, MapModel, StageColumn } from "./model";
import type { Return } from "./returns";

/** More columns than these on one sheet of A3 could not be read. */
export const SHEET_COLUMNS = 14;

/** From where to where each sheet goes: whole stages where they fit. */
export function sheetsOf(stages: readonly StageColumn[], most = SHEET_COLUMNS): [number, number][] {
  const sheets: [number, number][] = [];
  let from = 0;
  let to = 0;
  for (const stage of stages) {
    const end = stage.start + stage.span;
    if (end - from > most && to > from) {
      sheets.push([from, to]);
      from = to;
    }
    while (end - from > most) {
      sheets.push([from, from + most]);
      from += most;
    }
    to = end;
  }
  if (to > from) sheets.push([from, to]);
  return sheets;
}

/** A part of the map as a map of its own. */
export function sheetOf(model: MapModel, from: number, to: number): MapModel {
  const columns: Column[] = model.columns
    .slice(from, to)
    .map((column) => ({ ...column, index: column.index - from }));
  const stages: StageColumn[] = model.stages.flatMap((stage) => {
    const [start, end] = [Math.max(stage.start, from), Math.min(stage.start + stage.span, to)];
    return end > start ? [{ ...stage, start: start - from, span: end - start }] : [];
  });
  const first = model.stages.findIndex((stage) => stage.start + stage.span > from);
  return {
    ...model,
    columns: columns.map((column) => ({ ...column, stage: column.stage - first })),
    stages,
  };
}

const within = (back: Return, from: number, to: number): boolean =>
  back.from.index < to && back.to.index >= from;

const shifted = (back: Return, from: number): Return => ({
  ...back,
  from: { ...back.from, index: back.from.index - from },
  to: { ...back.to, index: back.to.index - from },
});

/** Whether the page is on its way to paper. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const media = window.matchMedia("print");
    const set = (now: boolean) => flushSync(() => setPrinting(now));
    const [before, after] = [() => set(true), () => set(false)];
    const change = (event: MediaQueryListEvent) => set(event.matches);
    window.addEventListener("beforeprint", before);
    window.addEventListener("afterprint", after);
    media.addEventListener("change", change);
    return () => {
      window.removeEventListener("beforeprint", before);
      window.removeEventListener("afterprint", after);
      media.removeEventListener("change", change);
    };
  }, []);
  return printing;
}

/** The map on sheets of A3 across, each with its lane names and heads. */
export function PrintSheets({ model, returns = [], ...props }: LivingMapProps) {
  const sheets = useMemo(
    () => sheetsOf(model.stages).map(([from, to]) => ({ from, to, part: sheetOf(model, from, to) })),
    [model],
  );
  return sheets.map(({ from, to, part }) => (
    <div key={from} className={classes.sheet} data-sheet="">
      <LivingMap
        {...props}
        sheet
        model={part}
        returns={returns.filter((back) => within(back, from, to)).map((back) => shifted(back, from))}
      />
    </div>
  ));
}
