import { keepPreviousData, useQuery } from "@tanstack/react-query";
import {
  livingMap,
  type Touchpoint,
  type Transitions,
  touchpoint as touchpointAnalysis,
  transitions,
  workspace,
} from "../api";
import { client } from "../api/client.gen";
import { languageNow } from "../i18n";
import { readError, ServiceError } from "./errors";

client.setConfig({ baseUrl: "" });
// Warnings of an answer come in the language of the page, whatever the browser's is.
client.interceptors.request.use((request) => {
  request.headers.set("Accept-Language", languageNow());
  return request;
});

/** Which journeys are asked: the same words as in the address bar and on the command line. */
export interface Filters {
  since?: string;
  until?: string;
  segment: string[];
  channel: string[];
  /** Touchpoints and stages that journeys came to; with ! before it: did not come to. */
  scenario?: string[];
  unit?: "customer" | "case" | "session";
  /** Which of the company's maps is laid over the journeys; without it, the one that is alive. */
  map?: string;
}

/** In an address commas part names: one within a name is written with a backslash before it. */
export function inAddress<F extends Filters>(filters: F): F {
  return { ...filters, channel: filters.channel.map((name) => name.replaceAll(",", "\\,")) };
}

interface Reply<T> {
  data?: T;
  error?: unknown;
  response?: Response;
}

export async function answer<T>(asked: Promise<Reply<T>>): Promise<T> {
  const reply = await asked.catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new ServiceError("network", "");
  });
  if (!reply.response) throw new ServiceError("network", "");
  if (reply.error !== undefined || reply.data === undefined)
    throw readError(reply.error, reply.response.status);
  return reply.data;
}

const MINUTE = 60_000;

export function useWorkspace() {
  return useQuery({
    queryKey: ["workspace"],
    queryFn: ({ signal }) => answer(workspace({ signal })),
    staleTime: MINUTE,
  });
}

export function useLivingMap(filters: Filters, enabled: boolean) {
  return useQuery({
    queryKey: ["living-map", filters],
    queryFn: ({ signal }) => answer(livingMap({ query: inAddress(filters), signal })),
    placeholderData: keepPreviousData,
    staleTime: MINUTE,
    enabled,
  });
}

export function useTouchpoint(touchpoint: string, filters: Filters) {
  return useQuery({
    queryKey: ["touchpoint", touchpoint, filters],
    queryFn: async ({ signal }) => {
      const query = { ...inAddress(filters), touchpoint, quotes: 20, examples: 6 };
      const { result } = await answer(touchpointAnalysis({ query, signal }));
      // Nothing is compared here, so the result is the touchpoint itself.
      return result as Touchpoint;
    },
    staleTime: MINUTE,
  });
}

/** What follows what: the ways back are drawn over the stream. */
export function useTransitions(filters: Filters, enabled: boolean) {
  return useQuery({
    queryKey: ["transitions", filters],
    queryFn: async ({ signal }) =>
      (await answer(transitions({ query: inAddress(filters), signal }))).result as Transitions,
    staleTime: MINUTE,
    enabled,
  });
}
