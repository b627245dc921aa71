import { useQuery } from "@tanstack/react-query";
import { type Lane, lanes, mapEvidence, maps } from "../api";
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

export type Terms = ReadonlyMap<string, Lane>;
const NONE: Terms = new Map();
const byKey = (told: { lanes: Lane[] }): Terms => new Map(told.lanes.map((lane) => [lane.key, lane]));

/** The registry of lanes: what each is called, what it holds, in which order they stand; empty until it is there. */
export function useTerms(): Terms {
  const { data } = useQuery({
    queryKey: ["lanes"],
    queryFn: ({ signal }) => answer(lanes({ signal })),
    select: byKey,
    staleTime: 60 * MINUTE,
  });
  return data ?? NONE;
}

/** On what the cells of a map stand, the notes of research included. */
export function useMapEvidence(map: string | null | undefined) {
  return useQuery({
    queryKey: ["evidence", map],
    queryFn: ({ signal }) => answer(mapEvidence({ path: { map_id: map ?? "" }, signal })),
    enabled: Boolean(map),
  });
}
