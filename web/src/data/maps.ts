import { useQuery } from "@tanstack/react-query";
import { lanes, maps } from "../api";
import { answer } from "./queries";

const MINUTE = 60_000;

/** All maps of the company, archived ones too; where the service keeps them out of reach there are none. */
export function useMaps(enabled: boolean) {
  return useQuery({
    queryKey: ["maps"],
    queryFn: ({ signal }) => answer(maps({ signal })),
    staleTime: MINUTE,
    enabled,
  });
}

/** The registry of lanes: what each kind of lane is called. */
export function useLaneTerms() {
  return useQuery({
    queryKey: ["lanes"],
    queryFn: ({ signal }) => answer(lanes({ signal })),
    staleTime: 60 * MINUTE,
  });
}
