/** Files that a person brings: kept outside of any page, so that going to another one loses nothing. */

import { create } from "zustand";
import {
  type Column,
  type HowToRead,
  type JobTold,
  type Look,
  lookAtUpload,
  removeUpload,
  type Trial,
  type Upload,
} from "../../api";
import { ServiceError } from "../../data/errors";
import { answer } from "../../data/queries";
import { begin, send } from "./send";

export type Shape = Look["shape"];
export type State = "sending" | "paused" | "looking" | "ready" | "refused";

/** One file. `how` is what the person said so far; `checked` is what reading it whole came to. */
export interface Held {
  key: string;
  name: string;
  size: number;
  sent: number;
  state: State;
  file?: File;
  upload?: Upload;
  look?: Look;
  problem?: ServiceError;
  checked?: Trial;
  /** Whether the person has said anything of it: then nothing is guessed anew. */
  touched?: boolean;
  /** The files that stood beside it when it was looked at. */
  beside?: string;
}

interface Files {
  held: Held[];
  /** The load that is under way or has just ended. */
  job: string | null;
  patch: (key: string, change: Partial<Held>) => void;
  setJob: (job: string | null) => void;
  drop: (keys: string[]) => void;
}

export const useFiles = create<Files>((set) => ({
  held: [],
  job: null,
  patch: (key, change) =>
    set((files) => ({ held: files.held.map((one) => (one.key === key ? { ...one, ...change } : one)) })),
  setJob: (job) => set({ job }),
  drop: (keys) => set((files) => ({ held: files.held.filter((one) => !keys.includes(one.key)) })),
}));

const stops = new Map<string, AbortController>();
const asked = new Map<string, number>();
let number = 0;

const asError = (error: unknown): ServiceError =>
  error instanceof ServiceError ? error : new ServiceError("unexpected", String(error));

/** Takes files in: each is sent, then looked at. */
export function addFiles(files: File[]): void {
  const fresh = files.map<Held>((file) => {
    number += 1;
    return { key: `file-${number}`, name: file.name, size: file.size, sent: 0, state: "sending", file };
  });
  useFiles.setState((state) => ({ held: [...state.held, ...fresh] }));
  for (const one of fresh) void deliver(one.key);
}

/** Files that came earlier and were not loaded yet. */
export function adopt(uploads: Upload[]): void {
  const known = new Set(useFiles.getState().held.map((one) => one.upload?.id));
  const fresh = uploads
    .filter((upload) => upload.state === "ready" && !known.has(upload.id))
    .map<Held>((upload) => ({
      key: upload.id,
      name: upload.name,
      size: upload.size,
      sent: upload.size,
      state: "looking",
      upload,
    }));
  if (!fresh.length) return;
  useFiles.setState((state) => ({ held: [...state.held, ...fresh] }));
  for (const one of fresh) void lookAt(one.key);
}

const held = (key: string): Held | undefined => useFiles.getState().held.find((one) => one.key === key);

/** Sends a file, or goes on where it stopped. */
export async function deliver(key: string): Promise<void> {
  const { patch } = useFiles.getState();
  const one = held(key);
  if (!one?.file) return;
  const stop = new AbortController();
  stops.set(key, stop);
  patch(key, { state: "sending", problem: undefined } as Partial<Held>);
  try {
    const begun = one.upload ?? (await begin(one.file));
    patch(key, { upload: begun });
    const upload = await send(one.file, begun, (sent) => patch(key, { sent }), stop.signal);
    patch(key, { upload, sent: one.size });
    await lookAt(key);
  } catch (error) {
    if (stop.signal.aborted) return;
    const problem = asError(error);
    patch(key, { state: problem.kind === "network" ? "paused" : "refused", problem });
  } finally {
    stops.delete(key);
  }
}

/** The files that have come and are not loaded: what is the key of one is what the others have too. */
const present = (): string =>
  useFiles
    .getState()
    .held.flatMap((one) => (one.upload?.state === "ready" ? [one.upload.id] : []))
    .sort()
    .join();

/** Once all files are here, those that were looked at before another one came are looked at again. */
function lookAgain(): void {
  const { held: files } = useFiles.getState();
  if (files.some((one) => one.state === "sending" || one.state === "looking")) return;
  const now = present();
  for (const one of files)
    if (one.look && !one.touched && one.state === "ready" && one.beside !== now)
      void lookAt(one.key, undefined, undefined, true);
}

/** Asks how the file would be read; with `how`, exactly as the person says. `again`: nothing but the guess may change. */
export async function lookAt(key: string, shape?: Shape, how?: HowToRead, again = false): Promise<void> {
  const { patch } = useFiles.getState();
  const one = held(key);
  if (!one?.upload) return;
  const turn = (asked.get(key) ?? 0) + 1;
  asked.set(key, turn);
  patch(key, { ...(again ? {} : { state: "looking" }), touched: !!(shape || how), beside: present() });
  try {
    const look = await answer(
      lookAtUpload({
        path: { upload_id: one.upload.id },
        body: { shape: shape ?? null, how: how ?? {}, plain: how !== undefined && shape === one.look?.shape },
      }),
    );
    if (asked.get(key) !== turn) return;
    patch(key, { look, state: "ready", problem: undefined, checked: undefined } as Partial<Held>);
    if (!again) lookAgain();
  } catch (error) {
    // What was known stays on the screen, with the reason why this cannot be meant.
    if (asked.get(key) === turn && !again)
      patch(key, { state: one.look ? "ready" : "refused", problem: asError(error) });
  }
}

/** Removes a file here and at the service. */
export async function discard(key: string): Promise<void> {
  const one = held(key);
  stops.get(key)?.abort();
  useFiles.getState().drop([key]);
  if (one?.upload) await removeUpload({ path: { upload_id: one.upload.id } }).catch(() => undefined);
}

export const isLoadable = (one: Held): boolean =>
  one.state === "ready" && !!one.look && !one.look.missing.length && !one.look.trial.problem;

/** Columns whose meaning their values told, or a word in their names: a person should look. */
export const guessed = (look: Look): Column[] => look.columns.filter((column) => column.by === "values");

export const reading = (look: Look): HowToRead => look.reading as HowToRead;

const without = (map: Record<string, string> | undefined, column: string): Record<string, string> =>
  Object.fromEntries(Object.entries(map ?? {}).filter(([, theirs]) => theirs !== column));

/** How the file is read when one of its columns is taken for something else. */
export function withRole(look: Look, column: Column, role: string): HowToRead {
  const how = reading(look);
  const columns = without(how.columns, column.name);
  const milestones = without(how.milestones, column.name);
  const identifiers = (how.identifiers ?? []).filter((name) => name !== column.name);
  if (role === "milestone") milestones[column.activity ?? column.name] = column.name;
  else if (role === "identifier") identifiers.push(column.name);
  else if (role !== "attribute") columns[role] = column.name;
  // What spoke for a meaning goes on speaking for it, unless that is left out in so many words.
  if (role === "attribute" && (column.by === "name" || column.role.endsWith("time_of_day")))
    columns[column.role] = ":";
  return { ...how, columns, milestones, identifiers };
}

export const isOver = (job: JobTold | undefined): boolean =>
  !!job && job.state !== "queued" && job.state !== "running";
