import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Journey } from "../api";
import {
  findings,
  findingsProgress,
  journey,
  type Finding as SentFinding,
  type Findings as SentFindings,
} from "../api";
import type { Language } from "../draw";
import { answer, type Filters, inAddress } from "./queries";

/** The service always writes every key: what may be left out of a question is never left out of an answer. */
export type Finding = Required<SentFinding>;
export type Findings = Omit<Required<SentFindings>, "findings"> & { findings: Finding[] };
export type Kind = Finding["kind"];

const SECOND = 1000;
const MINUTE = 60 * SECOND;

function queryOf(asked: Filters, language: Language) {
  // Whoever came to a place is chosen by what happened before it: effects are never asked of one scenario.
  const { scenario: _way, ...filters } = asked;
  return { ...inAddress(filters), all: true, language };
}

/** All findings, and what was tested and found harmless or could not be told: one question serves every page. */
export function useFindings(asked: Filters, language: Language, enabled: boolean) {
  const query = queryOf(asked, language);
  return useQuery({
    queryKey: ["findings", query],
    queryFn: async ({ signal }) => (await answer(findings({ query, signal }))) as Findings,
    placeholderData: keepPreviousData,
    staleTime: MINUTE,
    gcTime: 30 * MINUTE,
    enabled,
  });
}

/** How far looking for the same findings has come. */
export function useFindingsProgress(asked: Filters, language: Language) {
  const query = queryOf(asked, language);
  return useQuery({
    queryKey: ["findings-progress", query],
    queryFn: ({ signal }) => answer(findingsProgress({ query, signal })),
    refetchInterval: SECOND,
    gcTime: 0,
    retry: false,
  });
}

/** Everything that one customer lived through. */
export function useJourney(customer: string, caseId: string | null, filters: Filters) {
  return useQuery({
    queryKey: ["journey", customer, caseId, filters.unit],
    queryFn: async ({ signal }) => {
      const query = {
        customer,
        ...(caseId ? { case: caseId } : {}),
        ...(filters.unit ? { unit: filters.unit } : {}),
      };
      // Nothing is compared here, so the result is the journey itself.
      return (await answer(journey({ query, signal }))).result as Journey;
    },
    staleTime: MINUTE,
  });
}
