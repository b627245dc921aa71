import type { CSSProperties, ReactNode } from "react";
import { EvidenceTag } from "./EvidenceTag";
import { useLane } from "./LaneContext";
import classes from "./map.module.css";

interface CellProps {
  column: number;
  span?: number;
  stageStart?: boolean;
  onOpen?: (() => void) | undefined;
  tone?: string | undefined;
  /** What is written on the tone. */
  ink?: string | undefined;
  label?: string | undefined;
  className?: string | undefined;
  children?: ReactNode;
}

/** One cell of a lane: reachable by arrows, opened by a click or Enter; an author's words say what they stand on. */
export function Cell({
  column,
  span = 1,
  stageStart,
  onOpen,
  tone,
  ink,
  label,
  className,
  children,
}: CellProps) {
  const { evidence: evidenceAt } = useLane();
  const evidence = evidenceAt?.(column);
  const style: CSSProperties = { gridColumn: `${column + 2} / span ${span}` };
  if (tone) style.background = tone;
  if (ink) style.color = ink;
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
      data-source={evidence?.source}
      data-stale={evidence?.stale || undefined}
      className={`${classes.cell} ${className ?? ""}`}
      style={style}
      onClick={onOpen}
      aria-label={label}
    >
      {children}
      {evidence && <EvidenceTag evidence={evidence} />}
    </div>
  );
}
