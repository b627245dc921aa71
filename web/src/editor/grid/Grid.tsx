import { type MouseEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { useWords } from "../../i18n";
import { useActionsOf, useEditor, useLayout, useMap, useRows, useUi } from "../context";
import { PlusIcon } from "../icons";
import { HEAD, type Spot, STAGES, TOUCHPOINTS } from "../store/uiStore";
import { GridMenu } from "./GridMenu";
import { GridRow } from "./GridRow";
import classes from "./grid.module.css";
import { StageHead, TouchpointHead } from "./Heads";
import { Overlay } from "./Overlay";
import { boxOf, extended, isInside } from "./range";
import { useClipboard } from "./useClipboard";
import { useDrops } from "./useDrops";
import { useHeights } from "./useHeights";
import { useDeeds, useGridKeys } from "./useKeys";
import { bring, COLUMN, HEADS, LANE, STAGE_HEAD, TAIL, TOUCHPOINT_HEAD, topsOf, useInSight } from "./window";

const ADD_ROW = 44;

const withActive = (from: number, to: number, active: number): number[] => {
  const list = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
  if (active >= 0 && (active < from || active > to)) list.push(active);
  return list;
};

/** Stages and touchpoints across, lanes down; only what is in sight is drawn. */
export function Grid({ title }: { title: string }) {
  const { ui, canEdit } = useEditor();
  const { t } = useWords();
  const actions = useActionsOf();
  const layout = useLayout();
  const rows = useRows();
  const document = useMap((state) => state.document);
  const heights = useHeights(document, rows);
  const tops = useMemo(() => topsOf(heights), [heights]);
  const scroller = useRef<HTMLDivElement>(null);
  const seen = useInSight(scroller, layout.columns.length, tops);
  const active = useUi((state) => state.active);
  const editing = useUi((state) => state.editing !== null);
  const range = useUi((state) => state.range);
  const box = useMemo(() => boxOf({ range, active }, layout, rows), [range, active, layout, rows]);
  const deedsAt = useDeeds(actions, layout, rows);
  const onKeyDown = useGridKeys(deedsAt, layout, rows);
  const clipboard = useClipboard(actions, deedsAt, layout, rows);
  useDrops(scroller, actions, rows);

  const activeRow = rows.findIndex((row) => row.id === active.row);
  const columns = useMemo(
    () => withActive(seen.from, seen.to, Math.min(active.column, layout.columns.length - 1)),
    [seen.from, seen.to, active.column, layout.columns.length],
  );
  const shownRows = withActive(seen.top, seen.bottom, activeRow);
  const shownStages = [...new Set(columns.map((i) => layout.columns[i]?.stageIndex ?? 0))];

  // Where one stands is in sight and has the focus, unless the person is busy elsewhere on the page.
  const first = useRef(true);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || editing) return;
    if (first.current) {
      first.current = false;
      return;
    }
    const stage = layout.columns[active.column];
    const isWide = active.row === STAGES || rows[activeRow]?.level === "stage";
    const start = isWide && stage ? (layout.stages[stage.stageIndex]?.start ?? active.column) : active.column;
    const left = Math.max(0, start) * COLUMN;
    const top = activeRow < 0 ? element.scrollTop : (tops[activeRow] ?? 0);
    const bottom = activeRow < 0 ? element.scrollTop : (tops[activeRow + 1] ?? 0);
    if (active.column === HEAD)
      bring(element, { left: element.scrollLeft, right: element.scrollLeft, top, bottom });
    else bring(element, { left, right: left + COLUMN, top, bottom });
    const spot = element.querySelector<HTMLElement>(`[data-spot="${CSS.escape(active.row)}|${start}"]`);
    const elsewhere = window.document.activeElement;
    if (!elsewhere || elsewhere === window.document.body || element.contains(elsewhere))
      spot?.focus({ preventScroll: true });
  }, [active, activeRow, editing, layout, rows, tops]);

  useEffect(() => {
    const ids = new Set([STAGES, TOUCHPOINTS, ...rows.map((row) => row.id)]);
    const last = layout.columns.length - 1;
    if (!ids.has(active.row) || active.column > last)
      ui.setState({
        active: {
          row: ids.has(active.row) ? active.row : TOUCHPOINTS,
          column: Math.max(0, Math.min(active.column, last)),
        },
      });
  }, [active, rows, layout, ui]);

  const openMenu = useCallback(
    (row: string, column: number, element: HTMLElement) => {
      const box = element.getBoundingClientRect();
      ui.setState({ active: { row, column }, menu: { row, column, x: box.left, y: box.bottom } });
    },
    [ui],
  );
  const spotOf = (event: MouseEvent): Spot | null => {
    const element = (event.target as HTMLElement).closest<HTMLElement>("[data-spot]");
    const [row, column] = element?.dataset.spot?.split(/\|(?=-?\d+$)/) ?? [];
    if (!element || row === undefined) return null;
    const wide = Number(element.getAttribute("aria-colspan") ?? 1);
    const box = element.getBoundingClientRect();
    const inside =
      wide > 1 ? Math.max(0, Math.min(wide - 1, Math.floor((event.clientX - box.left) / COLUMN))) : 0;
    return { row, column: Number(column) + inside };
  };
  const bodyHeight = tops.at(-1) ?? 0;
  const width = LANE + layout.columns.length * COLUMN + TAIL;
  return (
    <div ref={scroller} className={classes.scroller} data-editor-scroller="">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys and the mouse of all cells are heard in one place */}
      <div
        className={classes.sheet}
        data-read-only={!canEdit || undefined}
        style={{ width, height: HEADS + bodyHeight + ADD_ROW }}
        onKeyDown={onKeyDown}
        onCopy={clipboard.onCopy}
        onCut={clipboard.onCut}
        onPaste={clipboard.onPaste}
        onMouseDown={(event) => {
          const spot = spotOf(event);
          const busy = "input, textarea, button, [data-cell-editor]";
          if (!spot || (event.target as HTMLElement).closest(busy) !== null) return;
          const wider = event.shiftKey ? extended(ui.getState(), spot, rows) : null;
          // The words between the two places are not what is wanted.
          if (wider) event.preventDefault();
          // A menu for all that is chosen: opening it lets go of nothing.
          if (event.button !== 2 || !isInside(box, spot, rows)) ui.setState(wider ?? { active: spot });
        }}
        onDoubleClick={(event) => {
          const spot = spotOf(event);
          if (spot && canEdit && (event.target as HTMLElement).closest("input, textarea, button") === null)
            deedsAt(spot).edit();
        }}
        onContextMenu={(event) => {
          const spot = spotOf(event);
          if (!spot || (event.target as HTMLElement).closest("input, textarea")) return;
          event.preventDefault();
          const menu = { ...spot, x: event.clientX, y: event.clientY };
          ui.setState(isInside(box, spot, rows) ? { menu } : { active: spot, menu });
        }}
      >
        <div
          role="grid"
          aria-multiselectable="true"
          aria-label={t("editor.grid", { name: title })}
          aria-rowcount={rows.length + 2}
          aria-colcount={layout.columns.length + 2}
          className={classes.grid}
        >
          <div role="rowgroup" className={classes.heads} style={{ height: HEADS }}>
            <div role="row" aria-rowindex={1} className={classes.headRow} style={{ height: STAGE_HEAD }}>
              <div role="columnheader" aria-colindex={1} className={classes.corner}>
                {t("map.stage")}
              </div>
              {shownStages.map((i) => {
                const stage = layout.stages[i];
                return (
                  stage && <StageHead key={stage.name} stage={stage} actions={actions} onMenu={openMenu} />
                );
              })}
              <div
                role="columnheader"
                aria-colindex={layout.columns.length + 2}
                className={classes.tail}
                style={{ left: LANE + layout.columns.length * COLUMN, width: TAIL }}
              >
                <button
                  type="button"
                  className={classes.addStage}
                  onClick={() => actions.addStage(layout.stages.at(-1)?.name ?? null)}
                >
                  <PlusIcon size={13} /> {t("editor.add_stage")}
                </button>
              </div>
            </div>
            <div role="row" aria-rowindex={2} className={classes.headRow} style={{ height: TOUCHPOINT_HEAD }}>
              <div role="columnheader" aria-colindex={1} className={classes.corner}>
                {t("map.touchpoint")}
              </div>
              {columns.map((i) => {
                const column = layout.columns[i];
                return (
                  column && (
                    <TouchpointHead
                      key={column.touchpoint ?? `stage ${column.stage}`}
                      column={column}
                      actions={actions}
                      onMenu={openMenu}
                    />
                  )
                );
              })}
            </div>
          </div>
          <div role="rowgroup" className={classes.body} style={{ height: bodyHeight }}>
            {shownRows.map((i) => {
              const row = rows[i];
              return (
                row && (
                  <GridRow
                    key={row.id}
                    row={row}
                    index={i}
                    top={tops[i] ?? 0}
                    height={heights[i] ?? 0}
                    layout={layout}
                    shown={columns}
                    actions={actions}
                    onMenu={openMenu}
                    selectedFrom={box && i >= box.top && i <= box.bottom ? box.left : 0}
                    selectedTo={box && i >= box.top && i <= box.bottom ? box.right : -1}
                  />
                )
              );
            })}
          </div>
        </div>
        <Overlay rows={rows} layout={layout} tops={tops} />
        <div className={classes.addLane} style={{ top: HEADS + bodyHeight, height: ADD_ROW }}>
          <button
            type="button"
            className={classes.addStage}
            onClick={() => ui.setState({ dialog: { kind: "lanes" } })}
          >
            <PlusIcon size={13} /> {t("editor.more_lanes")}
          </button>
          <button
            type="button"
            className={classes.addStage}
            onClick={() => ui.setState({ dialog: { kind: "unbound" } })}
          >
            <PlusIcon size={13} /> {t("editor.unbound")}
          </button>
        </div>
      </div>
      <GridMenu deedsAt={deedsAt} clipboard={clipboard} actions={actions} layout={layout} rows={rows} />
    </div>
  );
}
