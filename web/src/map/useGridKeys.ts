import { type KeyboardEvent, type RefObject, useEffect } from "react";
import { flushSync } from "react-dom";

const cellsOf = (row: Element): HTMLElement[] => [...row.querySelectorAll<HTMLElement>("[data-cell]")];

const column = (cell: HTMLElement): number => Number(cell.dataset.column);

const covers = (cell: HTMLElement, wanted: number): boolean =>
  wanted >= column(cell) && wanted < column(cell) + Number(cell.dataset.span ?? 1);

const rowsOf = (grid: HTMLElement): HTMLElement[] =>
  [...grid.querySelectorAll<HTMLElement>("[data-row]")].filter((row) => cellsOf(row).length);

/** As many lanes as a screen holds, more or less. */
const PAGE = 4;

export function focusCell(grid: HTMLElement, cell: HTMLElement | undefined | null): void {
  if (!cell) return;
  for (const other of grid.querySelectorAll<HTMLElement>('[data-cell][tabindex="0"]')) other.tabIndex = -1;
  cell.tabIndex = 0;
  cell.focus({ preventScroll: true });
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** Frames in which a column that was asked for comes into being. */
const PATIENCE = 30;

/** Focuses a cell as soon as it is drawn: a column that was out of sight takes a few frames. */
export function focusWhenThere(
  grid: HTMLElement,
  find: () => HTMLElement | undefined,
  left = PATIENCE,
): void {
  const cell = find();
  focusCell(grid, cell);
  if (left > 0 && (!cell || document.activeElement !== cell))
    requestAnimationFrame(() => focusWhenThere(grid, find, left - 1));
}

/** The cell of a lane that covers a column. */
export function cellAt(grid: HTMLElement, lane: string | null, wanted: number): HTMLElement | undefined {
  const rows = rowsOf(grid);
  const row = lane === null ? rows[0] : rows.find((other) => other.dataset.row === lane);
  return row && cellsOf(row).find((cell) => covers(cell, wanted));
}

interface Place {
  row: HTMLElement;
  column: number;
}

interface Ends {
  first: number;
  last: number;
  /** First columns of stages. */
  stages: readonly number[];
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** Where a key leads from a cell; undefined where it leads nowhere. */
function target(
  rows: HTMLElement[],
  row: HTMLElement,
  cell: HTMLElement,
  key: string,
  far: boolean,
  ends: Ends,
) {
  const here = column(cell);
  const to = (next: number | undefined): Place | undefined =>
    next === undefined ? undefined : { row, column: next };
  const down = (by: number): Place | undefined => {
    const next = rows[clamp(rows.indexOf(row) + by, 0, rows.length - 1)];
    return next && next !== row ? { row: next, column: here } : undefined;
  };
  switch (key) {
    case "ArrowRight":
      return to(
        far
          ? ends.stages.find((start) => start > here)
          : Math.min(ends.last, here + Number(cell.dataset.span ?? 1)),
      );
    case "ArrowLeft":
      return to(
        far ? [...ends.stages].reverse().find((start) => start < here) : Math.max(ends.first, here - 1),
      );
    case "ArrowDown":
      return down(1);
    case "ArrowUp":
      return down(-1);
    case "PageDown":
      return down(PAGE);
    case "PageUp":
      return down(-PAGE);
    case "Home":
      return { row: far ? (rows[0] ?? row) : row, column: ends.first };
    case "End":
      return { row: far ? (rows.at(-1) ?? row) : row, column: ends.last };
    default:
      return undefined;
  }
}

interface GridKeys {
  ends: Ends;
  /** Brings a column into sight, where not all of them are drawn. */
  reveal: (column: number) => void;
}

/**
 * Arrows, Home and End, PgUp and PgDn move over the cells, with Ctrl by stages and to the corners; Enter opens, F2
 * edits, Esc leaves. One cell at a time is in the tab order (WAI-ARIA grid).
 */
export function useGridKeys(grid: RefObject<HTMLElement | null>, { ends, reveal }: GridKeys) {
  useEffect(() => {
    const element = grid.current;
    if (element && !element.querySelector('[data-cell][tabindex="0"]')) {
      const first = element.querySelector<HTMLElement>("[data-cell]");
      if (first) first.tabIndex = 0;
    }
  });
  return (event: KeyboardEvent<HTMLElement>) => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>("[data-cell]");
    const element = grid.current;
    if (!cell || !element || event.target !== cell || event.altKey) return;
    const { key } = event;
    if (key === "Enter" || key === " " || key === "F2") {
      event.preventDefault();
      const edits = key === "F2" ? cell.querySelector<HTMLElement>("[data-edit]") : null;
      (edits ?? cell).click();
      return;
    }
    if (key === "Escape") {
      element.closest<HTMLElement>("#map")?.focus();
      return;
    }
    const row = cell.closest<HTMLElement>("[data-row]");
    if (!row) return;
    const place = target(rowsOf(element), row, cell, key, event.ctrlKey || event.metaKey, ends);
    if (place || key.startsWith("Arrow") || key.startsWith("Page")) event.preventDefault();
    if (!place) return;
    const find = () => cellsOf(place.row).find((other) => covers(other, place.column));
    if (find()) {
      focusCell(element, find());
      return;
    }
    flushSync(() => reveal(place.column));
    focusWhenThere(element, find);
  };
}
