/** The stream of journeys through the columns: its thickness is volume, and drop-off leaks out downward. */

export interface FlowColumn {
  journeys: number;
  dropOff: number;
}

export interface Leak {
  column: number;
  path: string;
}

export interface Flow {
  ribbon: string;
  leaks: Leak[];
}

export interface FlowBox {
  columnWidth: number;
  /** Height of the thickest stream. */
  height: number;
  /** Lowest point that a leak falls to, from the top of the stream. */
  depth: number;
  /** The volume that is as thick as `height`; by default the largest of those given. */
  most?: number;
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** Thickness by volume; a stream that exists is never thinner than a hair. */
export function thickness(value: number, most: number, height: number): number {
  if (value <= 0 || most <= 0) return 0;
  return Math.max(1.5, (value / most) * height);
}

function ribbonPath(columns: readonly FlowColumn[], most: number, box: FlowBox): string {
  const { columnWidth: w, height } = box;
  const shoulder = w * 0.28;
  const last = columns.length - 1;
  let path = `M0,0L${round(w * columns.length)},0`;
  for (let i = last; i >= 0; i--) {
    const y = thickness(columns[i]?.journeys ?? 0, most, height);
    const [left, right] = [i * w, (i + 1) * w];
    const innerRight = i === last ? right : right - shoulder;
    const innerLeft = i === 0 ? left : left + shoulder;
    if (i === last) path += `L${round(right)},${round(y)}`;
    path += `L${round(innerRight)},${round(y)}L${round(innerLeft)},${round(y)}`;
    if (i > 0) {
      const next = thickness(columns[i - 1]?.journeys ?? 0, most, height);
      path += `C${round(left)},${round(y)} ${round(left)},${round(next)} ${round(left - shoulder)},${round(next)}`;
    } else path += `L0,${round(y)}`;
  }
  return `${path}Z`;
}

/** A leak peels off the lower edge in the middle of the column and falls, as thick as what it loses. */
function leakPath(column: number, journeys: number, lost: number, most: number, box: FlowBox): string {
  const { columnWidth: w, height, depth } = box;
  const thick = Math.min(Math.max(2, (lost / most) * height), w * 0.34);
  const edge = thickness(journeys, most, height);
  const x = column * w + w * 0.5 - thick / 2;
  const run = Math.min(34, w * 0.24);
  const fall = Math.max(5, Math.min(20, (depth - edge) * 0.6));
  const [start, right] = [x - run, x + thick];
  return (
    `M${round(start)},${round(edge - 0.5)}` +
    `C${round(x)},${round(edge - 0.5)} ${round(right)},${round(edge)} ${round(right)},${round(edge + fall)}` +
    `L${round(right)},${round(depth)}L${round(x)},${round(depth)}L${round(x)},${round(edge + fall)}` +
    `C${round(x)},${round(edge + fall * 0.4)} ${round(x - run * 0.25)},${round(edge)} ${round(start)},${round(edge - 0.5)}Z`
  );
}

export function flow(columns: readonly FlowColumn[], box: FlowBox): Flow {
  const most = box.most ?? Math.max(0, ...columns.map((column) => column.journeys));
  if (!columns.length || most === 0) return { ribbon: "", leaks: [] };
  const leaks = columns.flatMap((column, i) =>
    column.dropOff > 0 ? [{ column: i, path: leakPath(i, column.journeys, column.dropOff, most, box) }] : [],
  );
  return { ribbon: ribbonPath(columns, most, box), leaks };
}

export interface FlowStage {
  start: number;
  span: number;
  journeys: number;
}

/** Volume of each stage. Where no event says that somebody was there, those seen further on went through it. */
export function throughStages(
  rows: readonly ({ journeys: number; passed_on: number } | null | undefined)[],
): number[] {
  let passed = 0;
  return rows.map((row) => {
    const here = row?.journeys ?? 0;
    const through = here || passed;
    if (row && here) passed = row.passed_on;
    return through;
  });
}

/** The funnel of whole stages behind the stream: level within a stage, falling where one passes to the next. */
export function stageFlow(stages: readonly FlowStage[], box: FlowBox): string {
  const most = box.most ?? Math.max(0, ...stages.map((stage) => stage.journeys));
  const last = stages.at(-1);
  if (!last || most === 0) return "";
  const bend = box.columnWidth * 0.2;
  let path = `M0,0L${round((last.start + last.span) * box.columnWidth)},0`;
  for (let i = stages.length - 1; i >= 0; i--) {
    const stage = stages[i] as FlowStage;
    const before = stages[i - 1];
    const y = thickness(stage.journeys, most, box.height);
    const [left, right] = [stage.start * box.columnWidth, (stage.start + stage.span) * box.columnWidth];
    path += `L${round(right - (i === stages.length - 1 ? 0 : bend))},${round(y)}`;
    if (before) {
      const next = thickness(before.journeys, most, box.height);
      path += `L${round(left + bend)},${round(y)}C${round(left)},${round(y)} ${round(left)},${round(next)} ${round(left - bend)},${round(next)}`;
    } else path += `L${round(left)},${round(y)}`;
  }
  return `${path}Z`;
}

export interface ReturnArc {
  path: string;
  /** The head of the arrow, where it comes down. */
  head: string;
  /** Where its number stands. */
  top: number;
}

/** Back over the stream, from one column to an earlier one; longer ways rise higher. */
export function returnArc(
  from: number,
  to: number,
  columnWidth: number,
  height: number,
  longest: number,
): ReturnArc {
  const [x0, x1] = [(from + 0.42) * columnWidth, (to + 0.58) * columnWidth];
  const rise = height * (0.45 + (0.5 * (from - to)) / Math.max(1, longest));
  const [y, top] = [height, height - rise];
  const reach = Math.min(Math.abs(x0 - x1) / 2, columnWidth * 0.4);
  return {
    path: `M${round(x0)},${round(y)}C${round(x0)},${round(top)} ${round(x0 - reach * 0.4)},${round(top)} ${round(x0 - reach)},${round(top)}L${round(x1 + reach)},${round(top)}C${round(x1 + reach * 0.4)},${round(top)} ${round(x1)},${round(top)} ${round(x1)},${round(y - 1)}`,
    head: `M${round(x1 - 4)},${round(y - 7)}L${round(x1)},${round(y)}L${round(x1 + 4)},${round(y - 7)}`,
    top,
  };
}
