import { Skeleton } from "@mantine/core";
import { useWords } from "../i18n";
import classes from "./map.module.css";

const HEIGHTS = [44, 96, 118, 84, 40, 40];
const COLUMNS = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** The map's own shape while it loads. */
export function MapSkeleton() {
  const { t } = useWords();
  return (
    <div className={classes.scroller} aria-busy="true" data-loading="">
      <p className="visually-hidden" role="status">
        {t("loading")}
      </p>
      {HEIGHTS.map((height, row) => (
        <div key={`${row}-${height}`} className={classes.skeletonRow} aria-hidden="true">
          {COLUMNS.map((column) => (
            <Skeleton key={column} height={column === 1 ? 18 : height} radius="md" />
          ))}
        </div>
      ))}
    </div>
  );
}
