import { useLocalStorage } from "@mantine/hooks";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { useSearchParams } from "react-router";

export const SCALES = ["orange", "cividis", "grey"] as const;
export type Scale = (typeof SCALES)[number];

export const LEAST_ZOOM = 0.25;
export const MOST_ZOOM = 2;

/** How a map is shown: which lanes in which order, which numbers in colours, how large. */
export interface View {
  /** null: as the author of the map left it. */
  order: string[] | null;
  hidden: string[] | null;
  folded: string[];
  heat: string[];
  scale: Scale;
  zoom: number;
}

export const PLAIN: View = { order: null, hidden: null, folded: [], heat: [], scale: "orange", zoom: 1 };

const KEYS = ["lane", "hide", "fold", "heat", "scale", "zoom"] as const;
/** Stands for an empty list: nothing hidden, where the author hides something. */
const NONE = "-";

const list = (search: URLSearchParams, key: string): string[] | null => {
  const all = search.getAll(key).filter(Boolean);
  return all.length ? [...new Set(all)].filter((item) => item !== NONE) : null;
};

/** The view that an address tells; null where it tells none. */
export function readView(search: URLSearchParams): View | null {
  if (!KEYS.some((key) => search.has(key))) return null;
  const zoom = Number(search.get("zoom") ?? 100) / 100;
  return {
    order: list(search, "lane"),
    hidden: list(search, "hide"),
    folded: list(search, "fold") ?? [],
    heat: list(search, "heat") ?? [],
    scale: SCALES.find((scale) => scale === search.get("scale")) ?? PLAIN.scale,
    zoom: Number.isFinite(zoom) ? Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, zoom)) : 1,
  };
}

/** Writes the whole view: a link shows the same to everybody, whatever they have chosen for themselves. */
export function writeView(view: View, search: URLSearchParams): URLSearchParams {
  const written = new URLSearchParams(search);
  for (const key of KEYS) written.delete(key);
  const put = (key: string, values: readonly string[]) => {
    for (const value of values) written.append(key, value);
  };
  if (view.order) put("lane", view.order);
  if (view.hidden) put("hide", view.hidden.length ? view.hidden : [NONE]);
  put("fold", view.folded);
  put("heat", view.heat);
  if (view.scale !== PLAIN.scale) written.set("scale", view.scale);
  written.set("zoom", String(Math.round(view.zoom * 100)));
  return written;
}

function readStored(text: string | undefined): View {
  try {
    const stored: unknown = text === undefined ? null : JSON.parse(text);
    const address = typeof stored === "string" ? readView(new URLSearchParams(stored)) : null;
    return address ?? PLAIN;
  } catch {
    return PLAIN;
  }
}

/** The view of one map: what the address says, else what was last chosen for this map in this browser. */
export function useView(map: string) {
  const [search, setSearch] = useSearchParams();
  const [stored, setStored] = useLocalStorage<View>({
    key: `tropa.view.${map}`,
    defaultValue: PLAIN,
    getInitialValueInEffect: false,
    serialize: (view) => JSON.stringify(writeView(view, new URLSearchParams()).toString()),
    deserialize: readStored,
  });
  const told = useMemo(() => readView(search), [search]);
  const view = told ?? stored;
  // The address follows in a transition: a second change may come before it has taken the first.
  const latest = useRef(view);
  useEffect(() => {
    latest.current = view;
  }, [view]);
  const change = useCallback(
    (patch: Partial<View>) => {
      const next = { ...latest.current, ...patch };
      latest.current = next;
      setStored(next);
      setSearch((now) => writeView(next, now), { replace: true, preventScrollReset: true });
    },
    [setStored, setSearch],
  );
  return { view, change };
}

export interface Kept {
  name: string;
  search: string;
}

/** Views with names of their own, filters included, kept in this browser. */
export function useKeptViews() {
  const [kept, setKept] = useLocalStorage<Kept[]>({ key: "tropa.views", defaultValue: [] });
  const keep = useCallback(
    (name: string, search: URLSearchParams) => {
      const clean = new URLSearchParams(search);
      clean.delete("touchpoint");
      setKept((now) => [...now.filter((other) => other.name !== name), { name, search: clean.toString() }]);
    },
    [setKept],
  );
  const drop = useCallback(
    (name: string) => setKept((now) => now.filter((other) => other.name !== name)),
    [setKept],
  );
  return { kept, keep, drop };
}
