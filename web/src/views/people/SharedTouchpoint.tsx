import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";
import { count, duration, share, signed } from "../../draw";
import { useWords } from "../../i18n";
import type { Column } from "../../map/model";
import { Notes, usePartsOf } from "../../map/TouchpointNotes";
import classes from "./people.module.css";

function Measured({ column }: { column: Column }): ReactNode {
  const { t, language } = useWords();
  const { row } = column;
  if (!row) return null;
  const facts = [
    [t("lane.journeys"), count(row.journeys, language)],
    [t("lane.emotion"), row.emotion === null ? "" : signed(row.emotion, language)],
    [t("lane.waits"), row.next_n ? duration(row.next_median_seconds, language) : ""],
    [t("lane.failures"), row.failed ? share(row.failure_share, language) : ""],
  ] as const;
  return (
    <dl className={classes.facts}>
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="number">{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** What is written about one touchpoint, for those who read the map by a link. */
export default function SharedTouchpoint({ column, onClose }: { column: Column; onClose: () => void }) {
  const { t } = useWords();
  const parts = usePartsOf(column);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="md"
      title={<bdi className={classes.drawerTitle}>{column.name}</bdi>}
      attributes={{ header: { role: "presentation" } }}
      closeButtonProps={{ "aria-label": t("people.close") }}
    >
      <Measured column={column} />
      <div className={classes.said}>
        <Notes parts={parts} of={{ column }} />
      </div>
    </Drawer>
  );
}
