/** All that the editor asks of the service. */

import {
  addComment,
  addNote,
  addPhoto,
  archiveMap,
  archiveNote,
  occurrences as askOccurrences,
  changeMap,
  changeNote,
  comments,
  convertMap,
  countRule,
  duplicateMap,
  getMap,
  getNames,
  importNotes,
  labelVersion,
  lanes,
  makeMap,
  makeMapLive,
  mapDifference,
  mapEvidence,
  maps,
  mapVersion,
  mapVersions,
  notes,
  reopenComment,
  resolveComment,
  restoreMap,
  tieNote,
  unarchiveMap,
  untie,
} from "../api";
import { answer } from "../data/queries";
import { readDocument } from "./model/document";
import type { LaneKind } from "./model/lanes";
import type { Conflict, MapDocument, Target } from "./model/types";
import type { Rule } from "./model/values";
import type { Loaded, MapService } from "./store/service";

export type {
  Comment,
  ListedMap,
  MapHead,
  NoteWithTies,
  Occurrences,
  Terms,
  Thread,
  TropaCxMapDifferenceDifference as Difference,
  VersionInfo,
} from "../api";

export const askTerms = () => answer(lanes());

export const askMaps = () => answer(maps());

export async function askMap(id: string, since?: number) {
  const told = await answer(getMap({ path: { map_id: id }, query: since === undefined ? {} : { since } }));
  return { ...told, document: told.document ? readDocument(told.document) : null };
}

const loadedOf = (told: { version: number; document?: unknown }): Loaded => ({
  version: told.version,
  document: readDocument(told.document),
});

export const mapService: MapService = {
  async load(id, since) {
    const told = await askMap(id, since ?? undefined);
    return told.document && !told.unchanged ? { version: told.version, document: told.document } : null;
  },
  async send(id, { base, batch, mine, changes }) {
    const body = { base_version: base, batch, mine: [...mine], changes: changes as never };
    const told = await answer(changeMap({ path: { map_id: id }, body }));
    return { ...loadedOf(told), conflicts: told.conflicts as unknown as Conflict[] };
  },
};

export const lanesOf = (terms: { lanes: readonly unknown[] }): LaneKind[] => terms.lanes as LaneKind[];

export async function makeNew(given: { name: string; kind?: string; document?: MapDocument }) {
  return (await answer(makeMap({ body: given as never }))).head;
}

export const countBound = (map: string, when: Rule, touchpoint: string) =>
  answer(countRule({ body: { when, map, touchpoint } }));

export const occurrences = (map: string) => answer(askOccurrences({ query: { map } }));

const at = (id: string) => ({ path: { map_id: id } });

export const askVersions = (id: string) => answer(mapVersions(at(id)));
export const askVersion = async (id: string, number: number) =>
  readDocument((await answer(mapVersion({ path: { map_id: id, number } }))).document);
export const label = (id: string, number: number, name: string | null) =>
  answer(labelVersion({ path: { map_id: id, number }, body: { label: name } }));
export const restore = async (id: string, version: number) =>
  loadedOf(await answer(restoreMap({ ...at(id), body: { version } })));
export const difference = (id: string, one: number, other: number) =>
  answer(mapDifference({ ...at(id), query: { one, other } }));
export const archive = (id: string) => answer(archiveMap(at(id)));
export const unarchive = (id: string) => answer(unarchiveMap(at(id)));
export const makeLive = (id: string) => answer(makeMapLive(at(id)));
export const duplicate = async (id: string, name: string) =>
  (await answer(duplicateMap({ ...at(id), body: { name } }))).head;
export const convert = async (id: string, kind: string) =>
  loadedOf(await answer(convertMap({ ...at(id), body: { kind } })));

export const askEvidence = (id: string) => answer(mapEvidence(at(id)));
export const askNames = () => answer(getNames());
export const askComments = (id: string) => answer(comments(at(id)));
export const say = (id: string, given: { on?: Target; lane?: string; text: string; reply_to?: number }) =>
  answer(addComment({ ...at(id), body: given as never }));
export const resolve = (id: string, number: number, done: boolean) =>
  answer((done ? resolveComment : reopenComment)({ path: { map_id: id, number } }));

export const NOTE_KINDS = ["interview", "observation", "quote", "survey", "note"] as const;
export interface NoteGiven {
  kind: string;
  title: string;
  text: string;
  respondent: string;
  date: string | null;
}
export const askNotes = (words: string) => answer(notes({ query: { words } }));
export const keepNote = (note: NoteGiven, id: string | null) =>
  answer(
    id === null
      ? addNote({ body: note as never })
      : changeNote({ path: { note_id: id }, body: note as never }),
  );
export const keepPhoto = (file: File, title: string) => answer(addPhoto({ body: { file, title } }));
export const bringNotes = (file: File, kind: string, map: string) =>
  answer(importNotes({ body: { file, kind: kind as never, map } }));
export const putAway = (id: string) => answer(archiveNote({ path: { note_id: id } }));
export const tie = (note: string, map: string, on: Target, lane: string, quote: string) =>
  answer(tieNote({ path: { note_id: note }, body: { map, on: on as never, lane, quote } }));
/** Answers nothing but that it is done. */
export async function cut(number: number): Promise<void> {
  const reply = await untie({ path: { number } });
  if (reply.error !== undefined || !reply.response) await answer(Promise.resolve(reply as never));
}
