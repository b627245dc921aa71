import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import type { Filters } from "./queries";

const UNITS = ["customer", "case", "session"] as const;

export interface Address extends Filters {
  touchpoint: string | null;
}

/** What an address says of the journeys asked, besides what is open and how it is shown. */
const FILTERS = ["since", "until", "segment", "channel", "scenario", "unit", "map"] as const;
const OWN: readonly string[] = [...FILTERS, "touchpoint"];

const many = (search: URLSearchParams, name: string): string[] => search.getAll(name).filter(Boolean);

export function readAddress(search: URLSearchParams): Address {
  const unit = UNITS.find((known) => known === search.get("unit"));
  const map = search.get("map");
  const scenario = many(search, "scenario");
  return {
    since: search.get("since") || undefined,
    until: search.get("until") || undefined,
    segment: many(search, "segment"),
    channel: many(search, "channel"),
    ...(scenario.length ? { scenario } : {}),
    ...(unit ? { unit } : {}),
    ...(map ? { map } : {}),
    touchpoint: search.get("touchpoint"),
  };
}

/** Writes over what `search` says of the same; everything else of it stays. */
export function writeAddress(address: Address, search = new URLSearchParams()): URLSearchParams {
  const written = new URLSearchParams();
  if (address.since) written.set("since", address.since);
  if (address.until) written.set("until", address.until);
  for (const segment of address.segment) written.append("segment", segment);
  for (const channel of address.channel) written.append("channel", channel);
  for (const part of address.scenario ?? []) written.append("scenario", part);
  if (address.unit) written.set("unit", address.unit);
  if (address.map) written.set("map", address.map);
  if (address.touchpoint) written.set("touchpoint", address.touchpoint);
  for (const [name, value] of search) if (!OWN.includes(name)) written.append(name, value);
  return written;
}

export const isFiltered = (filters: Filters): boolean =>
  Boolean(
    filters.since ||
      filters.until ||
      filters.segment.length ||
      filters.channel.length ||
      filters.scenario?.length,
  );

const NO_FILTERS = { since: undefined, until: undefined, segment: [], channel: [], scenario: [] };

/** The state of the page lives in the address bar, so that a link shows the same. */
export function useAddress() {
  const [search, setSearch] = useSearchParams();
  const address = useMemo(() => readAddress(search), [search]);
  const filters = useMemo<Filters>(() => {
    const { touchpoint: _open, ...rest } = address;
    return rest;
  }, [address]);
  const change = useCallback(
    (patch: Partial<Address>) =>
      setSearch((now) => writeAddress({ ...readAddress(now), ...patch }, now), { preventScrollReset: true }),
    [setSearch],
  );
  const clear = useCallback(() => change(NO_FILTERS), [change]);
  return { address, filters, change, clear };
}
