import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

/** What is set side by side: two groups of journeys, or this map and another; both live in the address. */
export function useCompared() {
  const [search, setSearch] = useSearchParams();
  const groups = useMemo(() => search.getAll("compare").filter(Boolean).slice(0, 2), [search]);
  const set = useCallback(
    (chosen: readonly string[], other: string | null) =>
      setSearch((now) => {
        const next = new URLSearchParams(now);
        next.delete("compare");
        next.delete("with");
        for (const group of chosen) next.append("compare", group);
        if (other) next.set("with", other);
        return next;
      }),
    [setSearch],
  );
  const stop = useCallback(() => set([], null), [set]);
  return { groups: groups.length === 2 ? groups : [], other: search.get("with"), set, stop };
}
