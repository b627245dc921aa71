/** Which rows and columns are in sight: only they are drawn. */

import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from "react";

export const COLUMN = 212;
export const LANE = 190;
export const STAGE_HEAD = 46;
export const TOUCHPOINT_HEAD = 66;
export const HEADS = STAGE_HEAD + TOUCHPOINT_HEAD;
/** The column behind the last one, where a stage is added. */
export const TAIL = 132;

export interface InSight {
  from: number;
  to: number;
  top: number;
  bottom: number;
}

/** Places of the rows: `tops[i]` is where row i begins, the last entry where all end. */
export function topsOf(heights: readonly number[]): number[] {
  const tops = [0];
  for (const height of heights) tops.push((tops.at(-1) ?? 0) + height);
  return tops;
}

/** The first row that ends below this place. */
export function rowAt(tops: readonly number[], place: number): number {
  let low = 0;
  let high = Math.max(0, tops.length - 2);
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tops[middle + 1] ?? 0) > place) high = middle;
    else low = middle + 1;
  }
  return low;
}

const BESIDE = 1;

export function inSight(
  box: { left: number; top: number; width: number; height: number },
  columns: number,
  tops: readonly number[],
): InSight {
  const rows = tops.length - 1;
  return {
    from: Math.max(0, Math.floor(box.left / COLUMN) - BESIDE),
    to: Math.min(columns - 1, Math.floor((box.left + box.width - LANE) / COLUMN) + BESIDE),
    top: Math.max(0, rowAt(tops, box.top) - 1),
    bottom: Math.min(rows - 1, rowAt(tops, box.top + box.height - HEADS) + 1),
  };
}

const same = (one: InSight, other: InSight) =>
  one.from === other.from && one.to === other.to && one.top === other.top && one.bottom === other.bottom;

export function useInSight(
  scroller: RefObject<HTMLElement | null>,
  columns: number,
  tops: readonly number[],
): InSight {
  const look = useCallback((): InSight => {
    const element = scroller.current;
    const width = element?.clientWidth || window.innerWidth;
    const height = element?.clientHeight || window.innerHeight;
    return inSight(
      { left: element?.scrollLeft ?? 0, top: element?.scrollTop ?? 0, width, height },
      columns,
      tops,
    );
  }, [scroller, columns, tops]);
  const [seen, setSeen] = useState(look);
  const update = useCallback(() => {
    const fresh = look();
    setSeen((now) => (same(now, fresh) ? now : fresh));
  }, [look]);
  useLayoutEffect(update, [update]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const sizes = new ResizeObserver(update);
    sizes.observe(element);
    element.addEventListener("scroll", update, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener("scroll", update);
    };
  }, [scroller, update]);
  return seen;
}

/** Scrolls just so far that the box is in sight, beside the heads that stay. */
export function bring(
  scroller: HTMLElement,
  box: { left: number; right: number; top: number; bottom: number },
): void {
  const { scrollLeft, scrollTop, clientWidth, clientHeight } = scroller;
  if (box.left < scrollLeft) scroller.scrollLeft = box.left;
  else if (box.right > scrollLeft + clientWidth - LANE)
    scroller.scrollLeft = Math.min(box.left, box.right - clientWidth + LANE);
  if (box.top < scrollTop) scroller.scrollTop = box.top;
  else if (box.bottom > scrollTop + clientHeight - HEADS)
    scroller.scrollTop = Math.min(box.top, box.bottom - clientHeight + HEADS);
}
