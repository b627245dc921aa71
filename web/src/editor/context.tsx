import { createContext, type ReactNode, useContext, useMemo, useRef } from "react";
import { useStore } from "zustand";
import { useWords } from "../i18n";
import { type Actions, makeActions } from "./actions";
import { indexed, lookUp } from "./model/indexed";
import {
  type GridColumn,
  type LaneKind,
  type Layout,
  layoutOf,
  mapRows,
  type Row,
  sameLayout,
  sameRows,
} from "./model/lanes";
import type { MapDocument, Plain, Target } from "./model/types";
import type { MapState, MapStore } from "./store/mapStore";
import type { UiState, UiStore } from "./store/uiStore";

export interface EditorValue {
  id: string;
  /** Whether the person may change this map. */
  canEdit: boolean;
  store: MapStore;
  ui: UiStore;
  lanes: readonly LaneKind[];
}

const Editor = createContext<EditorValue | null>(null);

export function EditorProvider({ value, children }: { value: EditorValue; children: ReactNode }) {
  return <Editor.Provider value={value}>{children}</Editor.Provider>;
}

export function useEditor(): EditorValue {
  const value = useContext(Editor);
  if (!value) throw new Error("outside of an editor");
  return value;
}

export const useMap = <T,>(select: (state: MapState) => T): T => useStore(useEditor().store, select);
export const useUi = <T,>(select: (state: UiState) => T): T => useStore(useEditor().ui, select);

const NOTHING: Plain = null;

/** One value of the document: whoever reads it is drawn anew only when this value changes. */
export const useValue = (on: Target, key: string): Plain =>
  useMap((state) => lookUp(state.document, on)?.[key] ?? NOTHING);

/** Where touchpoints and stages stand; the same object until that changes. */
export function useLayout(): Layout {
  const kept = useRef<Layout | null>(null);
  return useMap((state) => {
    const fresh = layouts(state.document);
    if (!kept.current || !sameLayout(kept.current, fresh)) kept.current = fresh;
    return kept.current;
  });
}

const made = new WeakMap<MapDocument, Layout>();
function layouts(document: MapDocument): Layout {
  const known = made.get(document);
  if (known) return known;
  const fresh = layoutOf(document);
  made.set(document, fresh);
  return fresh;
}

/** The rows of the grid; the same list until that changes. */
export function useRows(): Row[] {
  const { lanes } = useEditor();
  const extra = useUi((state) => state.extra);
  const document = useMap((state) => state.document);
  const kept = useRef<Row[]>([]);
  return useMemo(() => {
    const fresh = mapRows(document, lanes, extra);
    if (!sameRows(kept.current, fresh)) kept.current = fresh;
    return kept.current;
  }, [document, lanes, extra]);
}

/** What a cell of this row and column belongs to; null where a stage has no touchpoint yet. */
export function targetOf(row: Pick<Row, "level">, column: GridColumn | undefined): Target | null {
  if (!column) return null;
  if (row.level === "stage") return { stage: column.stage };
  return column.touchpoint === null ? null : { touchpoint: column.touchpoint };
}

/** The name of a lane in the language of the page; an author's own lane is called as they called it. */
export function useLaneTitle(): (key: string) => string {
  const { lanes } = useEditor();
  const { language } = useWords();
  return useMemo(() => {
    const titles = new Map(lanes.map((lane) => [lane.key, lane.title[language]]));
    return (key: string) => titles.get(key) ?? key;
  }, [lanes, language]);
}

/** What can be done to this map. */
export function useActionsOf(): Actions {
  const { store, ui } = useEditor();
  const { t } = useWords();
  return useMemo(() => makeActions({ store, ui }, t), [store, ui, t]);
}

export const hasTouchpoint = (document: MapDocument, name: string) => indexed(document).touchpoints.has(name);
