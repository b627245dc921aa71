import { type KeyboardEvent, type RefObject, useEffect } from "react";

const cellsOf = (row: Element): HTMLElement[] => [...row.querySelectorAll<HTMLElement>("[data-cell]")];

const column = (cell: HTMLElement): number => Number(cell.dataset.column);

const covers = (cell: HTMLElement, wanted: number): boolean =>
  wanted >= column(cell) && wanted < column(cell) + Number(cell.dataset.span ?? 1);

function focusCell(grid: HTMLElement, cell: HTMLElement | undefined): void {
  if (!cell) return;
  for (const other of grid.querySelectorAll<HTMLElement>('[data-cell][tabindex="0"]')) other.tabIndex = -1;
  cell.tabIndex = 0;
  cell.focus({ preventScroll: true });
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function neighbour(grid: HTMLElement, cell: HTMLElement, key: string): HTMLElement | undefined {
  const rows = [...grid.querySelectorAll<HTMLElement>("[data-row]")].filter((row) => cellsOf(row).length);
  const row = cell.closest<HTMLElement>("[data-row]");
  if (!row) return undefined;
  const cells = cellsOf(row);
  const at = cells.indexOf(cell);
  const below = (step: number) => {
    const next = rows[rows.indexOf(row) + step];
    return next && cellsOf(next).find((other) => covers(other, column(cell)));
  };
  switch (key) {
    case "ArrowRight":
      return cells[at + 1];
    case "ArrowLeft":
      return cells[at - 1];
    case "ArrowDown":
      return below(1);
    case "ArrowUp":
      return below(-1);
    case "Home":
      return cells[0];
    case "End":
      return cells.at(-1);
    default:
      return undefined;
  }
}

/** Arrows, Home and End move over the cells, Enter opens; one cell at a time is in the tab order (WAI-ARIA grid). */
export function useGridKeys(grid: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const element = grid.current;
    if (element && !element.querySelector('[data-cell][tabindex="0"]')) {
      const first = element.querySelector<HTMLElement>("[data-cell]");
      if (first) first.tabIndex = 0;
    }
  });
  return (event: KeyboardEvent<HTMLElement>) => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>("[data-cell]");
    if (!cell || !grid.current || event.target !== cell) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      cell.click();
      return;
    }
    const next = neighbour(grid.current, cell, event.key);
    if (next || event.key.startsWith("Arrow")) event.preventDefault();
    focusCell(grid.current, next);
  };
}
