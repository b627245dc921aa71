import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Session } from "../api";
import { SIGNED_IN, useSession as useAccount } from "../data/session";
import { askMap, askTerms, lanesOf, mapService } from "./api";
import type { EditorValue } from "./context";
import { createMapStore } from "./store/mapStore";
import { browserStorage, makeShelf } from "./store/shelf";
import { createUiStore } from "./store/uiStore";

const POLL_MS = 3_000;
const BEAT_MS = 20_000;

/** The map opened for editing: loaded once, then kept in step with the service while the page is in sight. */
export function useSession(id: string): {
  value: EditorValue | null;
  error: Error | null;
  retry: () => void;
} {
  const terms = useQuery({ queryKey: ["lanes"], queryFn: askTerms, staleTime: Number.POSITIVE_INFINITY });
  const opened = useQuery({
    queryKey: ["map-opened", id],
    queryFn: () => askMap(id),
    // Asked once an opening: from then on the store follows the service by itself.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const client = useQueryClient();
  const [value, setValue] = useState<EditorValue | null>(null);
  // A later answer to the same question (everything is asked anew after signing in) opens nothing anew.
  const begun = useRef<{ id: string; told: NonNullable<typeof opened.data> } | null>(null);
  if (opened.data && begun.current?.id !== id) begun.current = { id, told: opened.data };
  const told = begun.current?.id === id ? begun.current.told : null;
  const account = useAccount();
  const person = account.isPending ? null : (account.data?.you?.name ?? "");
  const known = terms.data;

  useEffect(() => {
    if (!told?.document || !known || person === null) return;
    const isHere = () => (client.getQueryData<Session>(["session"])?.you?.name ?? "") === person;
    const shelf = makeShelf(id, person, browserStorage());
    const store = createMapStore({
      id,
      service: mapService,
      shelf,
      loaded: { version: told.version, document: told.document },
    });
    setValue({ id, canEdit: true, store, ui: createUiStore(), lanes: lanesOf(known) });
    void store.flush();
    const poll = setInterval(() => document.visibilityState === "visible" && void store.poll(), POLL_MS);
    const beat = setInterval(shelf.beat, BEAT_MS);
    // Somebody else has signed in: what this person typed waits for this person.
    const online = () => isHere() && void store.flush().then(store.poll);
    const seen = () => (document.visibilityState === "visible" ? void store.poll() : void store.flush());
    window.addEventListener("online", online);
    window.addEventListener(SIGNED_IN, online);
    window.addEventListener("pagehide", shelf.leave);
    window.addEventListener("pageshow", shelf.beat);
    document.addEventListener("visibilitychange", seen);
    return () => {
      clearInterval(poll);
      clearInterval(beat);
      window.removeEventListener("online", online);
      window.removeEventListener(SIGNED_IN, online);
      window.removeEventListener("pagehide", shelf.leave);
      window.removeEventListener("pageshow", shelf.beat);
      document.removeEventListener("visibilitychange", seen);
      // What still waits is sent, or else taken up by the next opening.
      void (isHere() ? store.flush() : Promise.resolve()).finally(() => {
        store.stop();
        for (const key of ["living-map", "workspace", "maps", "occurrences"])
          void client.invalidateQueries({ queryKey: [key] });
      });
      setValue(null);
    };
  }, [id, told, known, person, client]);

  return {
    value,
    error: terms.error ?? opened.error,
    retry: () => void (terms.error ? terms.refetch() : opened.refetch()),
  };
}
