import { UnstyledButton } from "@mantine/core";
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useWords } from "../i18n";
import { ChevronIcon, NoteIcon } from "../ui/icons";
import type { Evidence } from "./evidence";
import { LaneContext } from "./LaneContext";
import { type Edge, type LaneActions, LaneMenu } from "./LaneMenu";
import classes from "./map.module.css";
import rowClasses from "./row.module.css";
import { dragLane } from "./rowDrag";

interface LaneRowProps {
  id: string;
  title: string;
  about?: string | undefined;
  measured: boolean;
  open: boolean;
  /** Keeps the greatest height that the lane ever had: cells come and go while the map is scrolled. */
  steady: boolean;
  actions: LaneActions;
  evidence: ((column: number) => Evidence) | null;
  children: ReactNode;
}

/** The height that a lane keeps while other columns come into sight. */
function useSteadyHeight(
  row: { current: HTMLElement | null },
  steady: boolean,
  open: boolean,
): number | undefined {
  const [height, setHeight] = useState(0);
  useEffect(() => setHeight(0), [open]);
  useLayoutEffect(() => {
    const now = steady && open ? (row.current?.offsetHeight ?? 0) : 0;
    if (now > height + 1) setHeight(now);
  });
  return steady && open && height > 0 ? height : undefined;
}

/** A lane: its name on the left, sticky, and its cells; measured and written lanes are marked differently. */
export function LaneRow({
  id,
  title,
  about,
  measured,
  open,
  steady,
  actions,
  evidence,
  children,
}: LaneRowProps) {
  const { t } = useWords();
  const row = useRef<HTMLDivElement>(null);
  const grip = useRef<HTMLSpanElement>(null);
  const [edge, setEdge] = useState<Edge | null>(null);
  const { onDrop } = actions;
  useEffect(() => {
    if (!row.current || !grip.current) return undefined;
    return dragLane({ id, row: row.current, grip: grip.current, onEdge: setEdge, onDrop });
  }, [id, onDrop]);
  const height = useSteadyHeight(row, steady, open);
  const facts = useMemo(() => ({ id, evidence }), [id, evidence]);
  const action = t(open ? "map.collapse" : "map.expand", { lane: title });
  return (
    <div
      ref={row}
      role="row"
      className={classes.row}
      data-row={id}
      data-open={open}
      data-measured={measured}
      data-edge={edge ?? undefined}
      style={height === undefined ? undefined : { minHeight: height }}
    >
      <div role="rowheader" className={`${classes.laneHead} ${rowClasses.head}`}>
        <span ref={grip} className={rowClasses.grip} aria-hidden="true" title={t("living.lane.drag")} />
        <UnstyledButton
          className={classes.laneToggle}
          onClick={() => actions.onToggle(id)}
          onKeyDown={(event) => {
            if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
            event.preventDefault();
            actions.onStep(id, event.key === "ArrowUp" ? -1 : 1);
          }}
          aria-expanded={open}
          aria-label={action}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          title={about}
        >
          <span className={classes.laneChevron}>
            <ChevronIcon open={open} size={12} />
          </span>
          <span className={classes.laneTitle} dir="auto">
            {title}
          </span>
        </UnstyledButton>
        <LaneMenu id={id} title={title} about={about} open={open} actions={actions} />
        {open && (
          <span className={classes.laneOrigin} data-measured={measured}>
            {measured ? <span className={classes.dot} aria-hidden="true" /> : <NoteIcon size={11} />}
            {measured ? t("map.measured") : t("map.authored")}
          </span>
        )}
      </div>
      <LaneContext value={facts}>
        {open ? children : <div role="gridcell" className={classes.collapsed} aria-label={action} />}
      </LaneContext>
    </div>
  );
}
