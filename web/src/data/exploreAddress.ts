import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import { type Address, readAddress, writeAddress } from "./address";
import type { JourneysQuery } from "./explore";
import type { Filters } from "./queries";

/** What may be asked of a list of journeys, as the address bar says it: the words of the analysis itself. */
export type Conditions = Omit<JourneysQuery, "sort" | "rising" | "skip" | "top">;

const TEXTS = [
  "by",
  "starts",
  "ends",
  "again",
  "failed_at",
  "source",
  "target",
  "path_is",
  "handed_from",
  "handed_to",
  "performer",
  "anchor",
  "direction",
  "order",
  "entry",
  "count",
  "group",
  "promise",
  "missed_at",
  "kept_at",
  "scored",
  "scored_at",
  "score_kind",
  "active_since",
  "active_until",
  "find",
] as const;
const NUMBERS = ["longer", "shorter", "within", "made", "stopped_after"] as const;
const LISTS = ["through", "without", "path", "at", "not_at", "steps", "outcome"] as const;

export function writeConditions(conditions: Conditions, search = new URLSearchParams()): URLSearchParams {
  const given = conditions as Record<string, string | number | boolean | string[] | null | undefined>;
  for (const name of [...TEXTS, ...NUMBERS]) {
    const value = given[name];
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  for (const name of LISTS) for (const value of (given[name] ?? []) as string[]) search.append(name, value);
  if (conditions.collapse) search.set("collapse", "true");
  return search;
}

export function readConditions(search: URLSearchParams): Conditions {
  const found: Record<string, unknown> = {};
  for (const name of TEXTS) if (search.get(name)) found[name] = search.get(name);
  for (const name of NUMBERS) {
    const value = Number(search.get(name) || "x");
    if (Number.isFinite(value) && value >= 0) found[name] = value;
  }
  for (const name of LISTS) if (search.has(name)) found[name] = search.getAll(name);
  if (search.get("collapse") === "true") found.collapse = true;
  return found as Conditions;
}

/** Address of the journeys behind a number: its conditions, among the journeys that the filters keep. */
export function journeysLink(filters: Filters, conditions: Conditions): string {
  const search = writeConditions(conditions, writeAddress({ ...filters, touchpoint: null }));
  return `/explore/journeys${search.size ? `?${search}` : ""}`;
}

/** Address of one customer's journey. */
export function journeyLink(filters: Filters, customer: string, caseId: string | null): string {
  const search = writeAddress({ ...filters, touchpoint: null });
  if (caseId) search.set("case", caseId);
  return `/explore/journeys/${encodeURIComponent(customer)}${search.size ? `?${search}` : ""}`;
}

const NO_FILTERS = { since: undefined, until: undefined, segment: [], channel: [], scenario: [] };

/** The state of a page of exploring: filters, and whatever else it chooses, all in the address bar. */
export function useExplore() {
  const [search, setSearch] = useSearchParams();
  const filters = useMemo<Filters>(() => {
    const { touchpoint: _open, ...rest } = readAddress(search);
    return rest;
  }, [search]);
  const address = useMemo<Address>(() => ({ ...filters, touchpoint: null }), [filters]);
  const change = useCallback(
    (patch: Partial<Address>) =>
      setSearch(
        (now) => {
          const next = writeAddress({ ...readAddress(now), touchpoint: null, ...patch }, now);
          next.delete("page");
          return next;
        },
        { preventScrollReset: true },
      ),
    [setSearch],
  );
  /** Sets what the page itself chooses; null or an empty list takes it out. */
  const choose = useCallback(
    (patch: Record<string, string | string[] | null>, replace = false) =>
      setSearch(
        (now) => {
          const next = new URLSearchParams(now);
          for (const [name, value] of Object.entries(patch)) {
            next.delete(name);
            for (const one of Array.isArray(value) ? value : value === null || value === "" ? [] : [value])
              next.append(name, one);
          }
          return next;
        },
        { replace, preventScrollReset: true },
      ),
    [setSearch],
  );
  const clear = useCallback(() => change(NO_FILTERS), [change]);
  return { search, filters, address, change, choose, clear };
}

export type Explore = ReturnType<typeof useExplore>;

/** The one of the known words that the address says, else the first. */
export function oneOf<T extends string>(search: URLSearchParams, name: string, known: readonly T[]): T {
  return known.find((word) => word === search.get(name)) ?? (known[0] as T);
}
