/** Steps that can be taken back. */

import { changeNow, type Renamed } from "../model/rebase";
import type { Change } from "../model/types";

/** One thing that was done, and what takes it back. */
export interface Step {
  label: string;
  done: Change[];
  back: Change[];
}

const KEEP_STEPS = 200;

/** A step by the names that things have now. */
export const stepNow = (step: Step, renamed: Renamed): Step => ({
  ...step,
  done: step.done.map((change) => changeNow(change, renamed)),
  back: step.back.map((change) => changeNow(change, renamed)),
});

/** One step more; a joined one becomes a part of the step before. */
export function withStep(steps: readonly Step[], step: Step, joined: boolean): Step[] {
  const before = joined ? steps.at(-1) : undefined;
  if (!before) return [...steps, step].slice(-KEEP_STEPS);
  const { label, done, back } = before;
  return [...steps.slice(0, -1), { label, done: [...done, ...step.done], back: [...step.back, ...back] }];
}
