import { keepPreviousData, type QueryKey, useQuery } from "@tanstack/react-query";
import {
  type Flow,
  type FlowData,
  type Funnel,
  type FunnelData,
  flow,
  funnel,
  type Journeys,
  type JourneysData,
  journeys,
  type Lifecycle,
  type LifecycleData,
  lifecycle,
  type Retention,
  type RetentionData,
  retention,
  type Transitions,
  type TransitionsData,
  transitions,
  type Variants,
  type VariantsData,
  variants,
  type Waits,
  type WaitsData,
  type WaitTimes,
  type WaitTimesData,
  waits,
  waitTimes,
} from "../api";
import { answer, type Filters, inAddress } from "./queries";

export type By = "touchpoint" | "activity" | "stage";

type Query<D extends { query?: unknown }> = NonNullable<D["query"]>;

const MINUTE = 60_000;

/** Names in a list are parted by commas over HTTP: one within a name is written with a backslash before it. */
export const names = (list: readonly string[]): string[] => list.map((name) => name.replaceAll(",", "\\,"));

/** Filters as analyses take them: which map is laid over the journeys is none of theirs. */
function asked(filters: Filters) {
  const { map: _map, scenario, ...rest } = inAddress(filters);
  return { ...rest, ...(scenario?.length ? { scenario } : {}) };
}

/** An analysis asked; nothing is compared here, so its result is the thing itself. */
function useAnswer<T>(key: QueryKey, ask: (signal: AbortSignal) => Promise<unknown>, enabled = true) {
  return useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await ask(signal)) as T,
    placeholderData: keepPreviousData,
    staleTime: MINUTE,
    enabled,
  });
}

const result = async (reply: Promise<{ result: unknown }>) => (await reply).result;

export function useTransitions(filters: Filters, own: Query<TransitionsData>, enabled = true) {
  return useAnswer<Transitions>(
    ["transitions", filters, own],
    (signal) => result(answer(transitions({ query: { ...asked(filters), ...own }, signal }))),
    enabled,
  );
}

export function useVariants(filters: Filters, own: Query<VariantsData>, enabled = true) {
  return useAnswer<Variants>(
    ["variants", filters, own],
    (signal) => result(answer(variants({ query: { ...asked(filters), ...own }, signal }))),
    enabled,
  );
}

export function useFlow(filters: Filters, own: Query<FlowData>, enabled: boolean) {
  return useAnswer<Flow>(
    ["flow", filters, own],
    (signal) => result(answer(flow({ query: { ...asked(filters), ...own }, signal }))),
    enabled,
  );
}

export function useFunnel(filters: Filters, own: Query<FunnelData>, enabled: boolean) {
  return useAnswer<Funnel>(
    ["funnel", filters, own],
    (signal) =>
      result(answer(funnel({ query: { ...asked(filters), ...own, steps: names(own.steps ?? []) }, signal }))),
    enabled,
  );
}

export function useWaits(filters: Filters, own: Query<WaitsData>, enabled = true) {
  return useAnswer<Waits>(
    ["waits", filters, own],
    (signal) => result(answer(waits({ query: { ...asked(filters), ...own }, signal }))),
    enabled,
  );
}

export function useWaitTimes(filters: Filters, own: Query<WaitTimesData>, enabled: boolean) {
  return useAnswer<WaitTimes>(
    ["wait_times", filters, own],
    (signal) => result(answer(waitTimes({ query: { ...asked(filters), ...own }, signal }))),
    enabled,
  );
}

export function useRetention(filters: Filters, own: Query<RetentionData>) {
  return useAnswer<Retention>(["retention", filters, own], (signal) =>
    result(answer(retention({ query: { ...asked(filters), ...own }, signal }))),
  );
}

export function useLifecycle(filters: Filters, own: Query<LifecycleData>) {
  return useAnswer<Lifecycle>(["lifecycle", filters, own], (signal) =>
    result(answer(lifecycle({ query: { ...asked(filters), ...own }, signal }))),
  );
}

export type JourneysQuery = Omit<
  Query<JourneysData>,
  "since" | "until" | "segment" | "channel" | "unit" | "compare" | "scenario"
>;

export function useJourneys(filters: Filters, own: JourneysQuery, enabled = true) {
  const lists = {
    ...(own.through ? { through: names(own.through) } : {}),
    ...(own.without ? { without: names(own.without) } : {}),
    ...(own.path ? { path: names(own.path) } : {}),
    ...(own.steps ? { steps: names(own.steps) } : {}),
  };
  return useAnswer<Journeys>(
    ["journeys", filters, own],
    (signal) => result(answer(journeys({ query: { ...asked(filters), ...own, ...lists }, signal }))),
    enabled,
  );
}
