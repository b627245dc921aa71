import { useMemo, useSyncExternalStore } from "react";
import { day, isZone, moment } from "../draw";
import { useWords } from "./index";

/** What is shown before the service has told the workspace's zone, and where the browser does not know that one. */
const PLAIN = "UTC";

let shown = PLAIN;
const listeners = new Set<() => void>();

/** From now on all times are shown in this zone, wherever the reader sits. */
export function showTimesIn(zone: string): void {
  const known = isZone(zone) ? zone : PLAIN;
  if (known === shown) return;
  shown = known;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export interface Times {
  /** IANA name, such as Europe/Moscow. */
  zone: string;
  day: (iso: string | null | undefined, withYear?: boolean) => string;
  moment: (iso: string | null | undefined, withYear?: boolean) => string;
}

/** Moments in the language of the page and in the zone of the workspace: the one way to write them. */
export function useTimes(): Times {
  const { language } = useWords();
  const zone = useSyncExternalStore(subscribe, () => shown);
  return useMemo(
    () => ({
      zone,
      day: (iso, withYear = true) => day(iso, language, withYear, zone),
      moment: (iso, withYear = true) => moment(iso, language, withYear, zone),
    }),
    [language, zone],
  );
}
