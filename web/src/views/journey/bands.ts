/** A journey as runs of steps within one stage of the map. */

import type { Happened } from "../../api";

export interface Band {
  stage: string | null;
  steps: { step: Happened; index: number }[];
  /** From its first step to the first of the next band, or to its own last. */
  seconds: number | null;
}

const between = (from: string, to: string): number | null => {
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  return Number.isFinite(seconds) ? seconds : null;
};

/** What is not on the map, and what is said, belongs to the stage in which it happened. */
export function bandsOf(steps: readonly Happened[]): Band[] {
  const bands: Band[] = [];
  steps.forEach((step, index) => {
    const last = bands.at(-1);
    const stays = last && (step.stage === null || step.what === "feedback" || step.stage === last.stage);
    if (stays) last.steps.push({ step, index });
    else bands.push({ stage: step.stage, steps: [{ step, index }], seconds: null });
  });
  return bands.map((band, i) => {
    const [first, next] = [band.steps[0], bands[i + 1]?.steps[0] ?? band.steps.at(-1)];
    return { ...band, seconds: first && next ? between(first.step.time, next.step.time) : null };
  });
}

/** Whether it failed is said by the service: sources have words of their own for it. */
export const failed = (step: Happened): boolean => step.failed;
