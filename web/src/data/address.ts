import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import type { Filters } from "./queries";

const UNITS = ["customer", "case", "session"] as const;

export interface Address extends Filters {
  touchpoint: string | null;
}

export function readAddress(search: URLSearchParams): Address {
  const unit = UNITS.find((known) => known === search.get("unit"));
  return {
    since: search.get("since") || undefined,
    until: search.get("until") || undefined,
    segment: search.getAll("segment").filter(Boolean),
    channel: search.getAll("channel").filter(Boolean),
    ...(unit ? { unit } : {}),
    touchpoint: search.get("touchpoint"),
  };
}

export function writeAddress(address: Address): URLSearchParams {
  const search = new URLSearchParams();
  if (address.since) search.set("since", address.since);
  if (address.until) search.set("until", address.until);
  for (const segment of address.segment) search.append("segment", segment);
  for (const channel of address.channel) search.append("channel", channel);
  if (address.unit) search.set("unit", address.unit);
  if (address.touchpoint) search.set("touchpoint", address.touchpoint);
  return search;
}

export const isFiltered = (filters: Filters): boolean =>
  Boolean(filters.since || filters.until || filters.segment.length || filters.channel.length);

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
      setSearch((now) => writeAddress({ ...readAddress(now), ...patch }), { preventScrollReset: true }),
    [setSearch],
  );
  const clear = useCallback(
    () => change({ since: undefined, until: undefined, segment: [], channel: [] }),
    [change],
  );
  return { address, filters, change, clear };
}
