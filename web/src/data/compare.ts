import { useQuery } from "@tanstack/react-query";
import { type Comparison, type Overview, overview, type Touchpoints, touchpoints } from "../api";
import { answer, type Filters, inAddress } from "./queries";

/** Two groups of journeys, answered alike, with what differs between them. */
export interface Compared<T> extends Omit<Comparison, "groups"> {
  groups: { group: string; journeys: number; events: number; result: T }[];
}

const MINUTE = 60_000;

/** Touchpoints of two groups, and whether they reach the goal. */
export function useComparison(filters: Filters, groups: readonly string[]) {
  return useQuery({
    queryKey: ["comparison", filters, groups],
    queryFn: async ({ signal }) => {
      const query = { ...inAddress(filters), compare: [...groups] };
      const [places, whole] = await Promise.all([
        answer(touchpoints({ query, signal })),
        answer(overview({ query, signal })),
      ]);
      return {
        places: places.result as unknown as Compared<Touchpoints>,
        whole: whole.result as unknown as Compared<Overview>,
      };
    },
    staleTime: MINUTE,
  });
}
