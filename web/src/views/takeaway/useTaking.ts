import { useEffect, useRef, useState } from "react";
import { keep } from "./ask";

/** A file that is being made: it can be stopped, and is when whoever asked is gone. */
export function useTaking(make: (signal: AbortSignal) => Promise<File>) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const [taken, setTaken] = useState<string | null>(null);
  const going = useRef<AbortController>(null);
  useEffect(() => () => going.current?.abort(), []);
  const stop = () => going.current?.abort();
  const start = async () => {
    const control = new AbortController();
    going.current = control;
    setBusy(true);
    setError(null);
    setTaken(null);
    try {
      const file = await make(control.signal);
      keep(file);
      setTaken(file.name);
    } catch (cause) {
      if (!control.signal.aborted) setError(cause instanceof Error ? cause : new Error(String(cause)));
    } finally {
      if (going.current === control) setBusy(false);
    }
  };
  return { busy, error, taken, start, stop };
}
