/** Questions of the start to the service. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  bindTemplate,
  job as getJob,
  jobs as getJobs,
  getSettings,
  makeMap,
  matchTemplate,
  proposal,
  putSettings,
  template,
  templates,
  undoLoad,
  uploads,
  type WorkspaceSettings,
} from "../../api";
import { answer } from "../../data/queries";
import type { Language } from "../../draw";
import { isOver } from "./files";

const POLL_MS = 400;

export function useUploads(enabled: boolean) {
  return useQuery({
    queryKey: ["uploads"],
    queryFn: ({ signal }) => answer(uploads({ signal })),
    enabled,
  });
}

/** Takes back the load that was shown, by what tells it from others; refused where another one came after it. */
export function useUndo() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (generation: number) => answer(undoLoad({ body: { generation } })),
    onError: () => client.invalidateQueries({ queryKey: ["uploads"] }),
  });
}

/** A job, asked again and again until it is over. */
export function useJob(id: string | null) {
  return useQuery({
    queryKey: ["job", id],
    queryFn: ({ signal }) => answer(getJob({ path: { job_id: id ?? "" }, signal })),
    enabled: id !== null,
    refetchInterval: (query) => (isOver(query.state.data) || query.state.error ? false : POLL_MS),
  });
}

/** A load that somebody began before this page was opened. */
export function useRunningLoad(enabled: boolean) {
  return useQuery({
    queryKey: ["jobs"],
    queryFn: async ({ signal }) =>
      (await answer(getJobs({ signal }))).find((one) => one.what !== "check" && !isOver(one))?.id ?? null,
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useTemplates(language: Language) {
  return useQuery({
    queryKey: ["templates", language],
    queryFn: ({ signal }) => answer(templates({ query: { language }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useTemplate(slug: string | null, language: Language) {
  return useQuery({
    queryKey: ["template", slug, language],
    queryFn: ({ signal }) => answer(template({ path: { slug: slug ?? "" }, query: { language }, signal })),
    enabled: slug !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useMatching(slug: string, language: Language, enabled: boolean) {
  return useQuery({
    queryKey: ["match", slug, language],
    queryFn: ({ signal }) => answer(matchTemplate({ path: { slug }, query: { language }, signal })),
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useProposal(enabled: boolean) {
  return useQuery({
    queryKey: ["proposal"],
    queryFn: ({ signal }) => answer(proposal({ signal })),
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useSettings() {
  return useQuery({ queryKey: ["settings"], queryFn: ({ signal }) => answer(getSettings({ signal })) });
}

export function useSaveSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (settings: WorkspaceSettings) => answer(putSettings({ body: settings })),
    onSuccess: () => client.invalidateQueries(),
  });
}

export interface Taken {
  document?: Record<string, unknown>;
  yaml?: string;
  template?: { slug: string; language: Language; bound: Record<string, string[]>; goals: string[] };
}

/** Keeps a map and makes it the living one. */
export function useTakeMap() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ document, yaml, template: laid }: Taken) => {
      if (yaml !== undefined) return answer(makeMap({ body: { yaml, live: true } }));
      let taken = document;
      if (laid) {
        const { slug, language, bound, goals } = laid;
        const body = { bound, goals: goals.length ? goals : null };
        taken = (await answer(bindTemplate({ path: { slug }, query: { language }, body }))).document;
      }
      return answer(makeMap({ body: { document: taken as never, live: true } }));
    },
    onSuccess: () => client.invalidateQueries(),
  });
}
