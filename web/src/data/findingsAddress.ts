import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import { type Address, readAddress, writeAddress } from "./address";
import type { Filters } from "./queries";

/** Which of the findings are shown; the words are those of the address bar. */
export interface Choice {
  kind: string[];
  obstacle: string[];
  stage: string[];
  touchpoint: string[];
  /** attribute=value */
  where: string[];
  text: string;
  /** Also what was tested and found clean. */
  all: boolean;
}

export const NOTHING_CHOSEN: Choice = {
  kind: [],
  obstacle: [],
  stage: [],
  touchpoint: [],
  where: [],
  text: "",
  all: false,
};

const LISTS = ["kind", "obstacle", "stage", "touchpoint", "where"] as const;

export function readChoice(search: URLSearchParams): Choice {
  const lists = Object.fromEntries(
    LISTS.map((name) => [name, [...new Set(search.getAll(name).filter(Boolean))]]),
  );
  return { ...NOTHING_CHOSEN, ...lists, text: search.get("text") ?? "", all: search.get("all") === "1" };
}

export function writeChoice(choice: Choice, search = new URLSearchParams()): URLSearchParams {
  for (const name of LISTS) for (const value of choice[name]) search.append(name, value);
  if (choice.text) search.set("text", choice.text);
  if (choice.all) search.set("all", "1");
  return search;
}

export const isChosen = (choice: Choice): boolean =>
  LISTS.some((name) => choice[name].length > 0) || choice.text.trim() !== "";

/** The part of an address that says which journeys are asked: it goes along from page to page. */
export function filtersOf(search: URLSearchParams): { filters: Filters; carried: URLSearchParams } {
  const { touchpoint: _open, ...filters } = readAddress(search);
  return { filters, carried: writeAddress({ ...filters, touchpoint: null }) };
}

export const withSearch = (path: string, search: URLSearchParams): string =>
  search.size ? `${path}?${search}` : path;

/** A link from the list to a finding remembers the list as it stood, so that the way back leads to the same. */
export interface FromList {
  list: string;
}

/** Which journeys are asked and which findings are shown: both live in the address bar. */
export function useFindingsAddress() {
  const [search, setSearch] = useSearchParams();
  const { filters, carried } = useMemo(() => filtersOf(search), [search]);
  const choice = useMemo(() => readChoice(search), [search]);
  const address = useMemo<Address>(() => ({ ...filters, touchpoint: null }), [filters]);
  const change = useCallback(
    (patch: Partial<Address>) =>
      setSearch(
        (now) => {
          const asked = writeAddress({ ...readAddress(now), touchpoint: null, ...patch });
          return writeChoice(readChoice(now), asked);
        },
        { preventScrollReset: true },
      ),
    [setSearch],
  );
  const choose = useCallback(
    (patch: Partial<Choice>, replace = false) =>
      setSearch(
        (now) => {
          const asked = writeAddress({ ...readAddress(now), touchpoint: null });
          return writeChoice({ ...readChoice(now), ...patch }, asked);
        },
        { replace, preventScrollReset: true },
      ),
    [setSearch],
  );
  const clear = useCallback(
    () => change({ since: undefined, until: undefined, segment: [], channel: [] }),
    [change],
  );
  const from: FromList = { list: withSearch("/findings", search) };
  return { address, filters, carried, choice, from, change, choose, clear };
}
