import { UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "../i18n";
import { ChevronIcon, NoteIcon } from "../ui/icons";
import classes from "./map.module.css";

interface LaneRowProps {
  id: string;
  title: string;
  about?: string | undefined;
  measured: boolean;
  open: boolean;
  onToggle: () => void;
  children: ReactNode;
}

/** A lane: its name on the left, sticky, and its cells; measured and written lanes are marked differently. */
export function LaneRow({ id, title, about, measured, open, onToggle, children }: LaneRowProps) {
  const { t } = useWords();
  const action = t(open ? "map.collapse" : "map.expand", { lane: title });
  return (
    <div role="row" className={classes.row} data-row={id} data-open={open} data-measured={measured}>
      <div role="rowheader" className={classes.laneHead}>
        <UnstyledButton
          className={classes.laneToggle}
          onClick={onToggle}
          aria-expanded={open}
          aria-label={action}
        >
          <span className={classes.laneChevron}>
            <ChevronIcon open={open} size={12} />
          </span>
          <span className={classes.laneTitle} dir="auto">
            {title}
          </span>
        </UnstyledButton>
        <span className={classes.laneOrigin} data-measured={measured}>
          {measured ? <span className={classes.dot} aria-hidden="true" /> : <NoteIcon size={11} />}
          {measured ? t("map.measured") : t("map.authored")}
        </span>
        {open && about && <p className={classes.laneAbout}>{about}</p>}
      </div>
      {open ? children : <div role="gridcell" className={classes.collapsed} aria-label={action} />}
    </div>
  );
}
