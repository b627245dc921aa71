import type { CSSProperties, ReactNode } from "react";
import classes from "./map.module.css";

interface CellProps {
  column: number;
  span?: number;
  stageStart?: boolean;
  onOpen?: (() => void) | undefined;
  tone?: string | undefined;
  label?: string | undefined;
  className?: string | undefined;
  children?: ReactNode;
}

/** One cell of a lane: reachable by arrows, opened by a click or Enter. */
export function Cell({ column, span = 1, stageStart, onOpen, tone, label, className, children }: CellProps) {
  const style: CSSProperties = { gridColumn: `${column + 2} / span ${span}` };
  if (tone) style.background = tone;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys of all its cells
    <div
      role="gridcell"
      tabIndex={-1}
      data-cell=""
      data-column={column}
      data-span={span}
      data-stage-start={stageStart || undefined}
      data-opens={onOpen ? "" : undefined}
      className={`${classes.cell} ${className ?? ""}`}
      style={style}
      onClick={onOpen}
      aria-label={label}
    >
      {children}
    </div>
  );
}
