import type { Column, StageColumn } from "../model";

export interface LaneProps {
  /** Those that are in sight: a wide map draws no others. */
  columns: Column[];
  stages: StageColumn[];
  onOpen: (touchpoint: string) => void;
  /** Pixels; every column is as wide as the others. */
  columnWidth: number;
}
