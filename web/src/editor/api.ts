/** All that the editor asks of the service. */

import {
  archiveMap,
  occurrences as askOccurrences,
  changeMap,
  convertMap,
  countRule,
  duplicateMap,
  getMap,
  labelVersion,
  lanes,
  makeMap,
  makeMapLive,
  mapDifference,
  maps,
  mapVersion,
  mapVersions,
  restoreMap,
  unarchiveMap,
} from "../api";
import { answer } from "../data/queries";
import { readDocument } from "./model/document";
import type { LaneKind } from "./model/lanes";
import type { Conflict, MapDocument } from "./model/types";
import type { Rule } from "./model/values";
import type { Loaded, MapService } from "./store/service";

export type {
  MapHead,
  Occurrences,
  Terms,
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
  async send(id, base, changes) {
    const told = await answer(
      changeMap({ path: { map_id: id }, body: { base_version: base, changes: changes as never } }),
    );
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
