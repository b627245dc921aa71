import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useMemo } from "react";
import type { Column, MapModel, StageColumn } from "./model";

/** A map with more columns than these draws only what is in sight. */
export const MANY_COLUMNS = 40;
const OVERSCAN = 2;
/** The window moves by so many columns at once: what is drawn is drawn anew less often. */
const CHUNK = 5;

interface Window {
  columns: Column[];
  stages: StageColumn[];
  reveal: (column: number) => void;
}

interface Sizes {
  laneWidth: number;
  columnWidth: number;
  zoom: number;
}

const SHEET: readonly number[] = [0, Number.MAX_SAFE_INTEGER];

/** The columns in sight and the stages over them; all of them where they are not many, and on paper. */
export function useColumnWindow(
  grid: RefObject<HTMLElement | null>,
  model: MapModel,
  { laneWidth, columnWidth, zoom }: Sizes,
  whole: boolean,
): Window {
  const many = !whole && model.columns.length > MANY_COLUMNS;
  const size = columnWidth * zoom;
  const virtual = useVirtualizer({
    horizontal: true,
    enabled: many,
    count: model.columns.length,
    getScrollElement: () => grid.current?.parentElement ?? null,
    estimateSize: () => size,
    paddingStart: laneWidth * zoom,
    scrollPaddingStart: laneWidth * zoom,
    overscan: OVERSCAN,
    initialRect: { width: window.innerWidth, height: window.innerHeight },
  });
  useEffect(() => virtual.measure(), [size, virtual]);
  const items = many ? virtual.getVirtualItems() : [];
  const [first, last] = many
    ? [
        Math.floor((items[0]?.index ?? 0) / CHUNK) * CHUNK,
        Math.ceil(((items.at(-1)?.index ?? 0) + 1) / CHUNK) * CHUNK - 1,
      ]
    : SHEET;
  const seen = useMemo(() => {
    const [from, to] = [first ?? 0, last ?? 0];
    return {
      columns: model.columns.filter((column) => column.index >= from && column.index <= to),
      stages: model.stages.filter((stage) => stage.start <= to && stage.start + stage.span > from),
    };
  }, [model, first, last]);
  return {
    ...seen,
    reveal: (column) => {
      if (many) virtual.scrollToIndex(column, { align: "center" });
    },
  };
}
