/** What is known of the cells beside what is written in them: open comments, and the research they stand on. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { BELIEF, type Evidence } from "../map/evidence";
import { askComments, askEvidence } from "./api";
import { authored, fromResearch } from "./cells/evidence";
import { useEditor, useLayout, useMap, useUi, useValue } from "./context";
import { isNoRename, type Renamed, renamesBetween, targetNow } from "./model/rebase";
import { isRecord, isStage, isTouchpoint, type MapDocument, type Target } from "./model/types";
import type { Marks } from "./store/uiStore";

const NOBODY = { touchpoint: "" };

/** One word for a cell, a head (without a lane) or the whole map. */
export const placeKey = (on: Target, lane: string): string =>
  isStage(on)
    ? `stage/${lane}/${on.stage}`
    : isTouchpoint(on)
      ? `touchpoint/${lane}/${on.touchpoint}`
      : `map/${lane}/`;

interface Told {
  level: "map" | "stage" | "touchpoint";
  target: string;
  lane: string;
}

const targetOf = ({ level, target }: Told): Target =>
  level === "stage" ? { stage: target } : level === "touchpoint" ? { touchpoint: target } : { map: true };

const keyNow = (it: Told, renamed: Renamed | null): string => {
  const on = targetOf(it);
  return placeKey(renamed ? targetNow(on, renamed) : on, it.lane);
};

/** The document that was on the screen when an answer came: names in the answer are those of then. */
function useSeenWith(answer: unknown): MapDocument {
  const { store } = useEditor();
  const seen = useRef({ answer, document: store.getState().document });
  if (seen.current.answer !== answer) seen.current = { answer, document: store.getState().document };
  return seen.current.document;
}

function renamedSince(then: MapDocument, now: MapDocument): Renamed | null {
  const renamed = then === now ? null : renamesBetween(then, now);
  return renamed && !isNoRename(renamed) ? renamed : null;
}

/** Keeps the marks of the open map in step with the service, and with the names on the screen. */
export function useMarks(): void {
  const { id, store, ui } = useEditor();
  const client = useQueryClient();
  const layout = useLayout();
  const version = useMap((state) => state.version);
  const threads = useQuery({
    queryKey: ["comments", id],
    queryFn: () => askComments(id),
    refetchInterval: 15_000,
  }).data;
  const evidence = useQuery({
    queryKey: ["evidence", id],
    queryFn: () => askEvidence(id),
    refetchInterval: 30_000,
  }).data;
  const threadsThen = useSeenWith(threads);
  const evidenceThen = useSeenWith(evidence);

  // New names have reached the service: it knows the places by them from now on.
  const saved = useRef({ version, layout });
  useEffect(() => {
    const before = saved.current;
    if (before.version === version) return;
    saved.current = { version, layout };
    if (before.layout === layout) return;
    for (const key of ["comments", "evidence"]) void client.invalidateQueries({ queryKey: [key, id] });
  }, [version, layout, client, id]);

  useEffect(() => {
    const { document } = store.getState();
    const open = (threads ?? []).filter(({ comment }) => comment.resolved_at === null);
    const marks: Marks = { open: open.length, threads: new Map(), proofs: new Map(), proven: new Set() };
    const said = renamedSince(threadsThen, document);
    for (const { comment } of open) {
      const key = keyNow(comment, said);
      marks.threads.set(key, (marks.threads.get(key) ?? 0) + 1);
    }
    const learned = renamedSince(evidenceThen, document);
    for (const cell of evidence?.cells ?? []) {
      if (!cell.notes.length) continue;
      marks.proofs.set(keyNow(cell, learned), cell);
      marks.proven.add(cell.lane);
    }
    ui.setState({ marks, staleDays: evidence?.stale_days ?? null });
  }, [threads, evidence, layout, store, ui, threadsThen, evidenceThen]);
}

/** How many threads about a place are open. */
export const useThreads = (on: Target | null, lane: string): number =>
  useUi((state) => (on ? (state.marks.threads.get(placeKey(on, lane)) ?? 0) : 0));

/** On what a cell stands, and how many notes of research are tied to it. */
export function useProof(on: Target | null, lane: string): { proof: Evidence; notes: number } {
  const own = useValue(on ?? NOBODY, "evidence");
  const days = useUi((state) => state.staleDays);
  const known = useUi((state) => (on ? state.marks.proofs.get(placeKey(on, lane)) : undefined));
  const word = isRecord(own) ? own[lane] : undefined;
  const proof = isRecord(word) ? authored(word, days) : known ? fromResearch(known) : BELIEF;
  return { proof, notes: known?.notes.length ?? 0 };
}
