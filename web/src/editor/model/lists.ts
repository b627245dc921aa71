/** Lists that two people changed at once: what each did to its items is done to one list, as in `cx/map_lists.py`. */

import { isRecord, type Plain } from "./types";

/** Items by what they say, and by the how manieth of its kind each is. */
type Items = ReadonlyMap<string, Plain>;
type Edits = ReadonlyMap<string, string>;

const FIRST = "";

const isNothing = (value: Plain): boolean =>
  value === null ||
  value === "" ||
  (typeof value === "object" && (Array.isArray(value) ? value : Object.keys(value)).length === 0);

const itemsOf = (value: Plain): Plain[] | null =>
  isNothing(value) ? [] : Array.isArray(value) ? value : null;

/** Values that say the same in one form: the order of keys says nothing, and a key without a value is none. */
function plain(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(plain);
  if (!isRecord(value)) return value;
  const full = Object.entries(value).filter(([, part]) => !isNothing(part));
  return Object.fromEntries(
    full.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, plain(part)]),
  );
}

function keyed(items: readonly Plain[]): Items {
  const met = new Map<string, number>();
  return new Map(
    items.map((item) => {
      const said = JSON.stringify(plain(item));
      const before = met.get(said) ?? 0;
      met.set(said, before + 1);
      return [`${before} ${said}`, item];
    }),
  );
}

function listed<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** What an item that is gone has become: what has come where it stood, behind the same neighbour. */
function editsOf(base: Items, now: Items): Edits {
  const come = new Map<string, string[]>();
  let place = FIRST;
  for (const key of now.keys()) {
    if (base.has(key)) place = key;
    else listed(come, place, key);
  }
  const edits = new Map<string, string>();
  let left = [...(come.get(FIRST) ?? [])];
  for (const key of base.keys()) {
    if (now.has(key)) left = [...(come.get(key) ?? [])];
    else {
      const became = left.shift();
      if (became !== undefined) edits.set(key, became);
    }
  }
  return edits;
}

/** The items of the first in their order, with what was done in the second. */
function laid(base: Items, first: Items, firstEdits: Edits, second: Items, secondEdits: Edits): Plain[] {
  const stand = new Map<string, Plain>();
  for (const [key, item] of first) {
    const became = secondEdits.get(key);
    if (!base.has(key) || second.has(key)) stand.set(key, item);
    else if (became !== undefined && !first.has(became)) stand.set(became, second.get(became) ?? null);
  }
  // What has come in the second stands behind its neighbour there, and behind what has come at that place in the first.
  const behind = new Map<string, Plain[]>();
  let place = FIRST;
  for (const [key, item] of second) {
    const there = base.has(key) ? (firstEdits.get(key) ?? key) : key;
    if (stand.has(there)) place = there;
    else if (!base.has(key)) listed(behind, place, item);
  }
  const edited = new Set(firstEdits.values());
  const list: Plain[] = [];
  let waiting = behind.get(FIRST) ?? [];
  for (const [key, item] of stand) {
    const isFresh = first.has(key) && !base.has(key) && !second.has(key) && !edited.has(key);
    if (!isFresh) {
      list.push(...waiting);
      waiting = [];
    }
    list.push(item);
    waiting = [...waiting, ...(behind.get(key) ?? [])];
  }
  return [...list, ...waiting];
}

/**
 * The list with what both did to it: as it was, as it comes now, as it stands there; nothing is an empty list.
 * Null where both changed the same item, or where one of them is no list.
 */
export function mergedLists(was: Plain, mine: Plain, theirs: Plain): Plain[] | null {
  const [wasItems, myItems, theirItems] = [itemsOf(was), itemsOf(mine), itemsOf(theirs)];
  if (!wasItems || !myItems || !theirItems) return null;
  const [base, own, other] = [keyed(wasItems), keyed(myItems), keyed(theirItems)];
  const [ownEdits, otherEdits] = [editsOf(base, own), editsOf(base, other)];
  for (const key of base.keys()) {
    if (own.has(key) || other.has(key)) continue;
    const [one, two] = [ownEdits.get(key), otherEdits.get(key)];
    const isThere = (one !== undefined && other.has(one)) || (two !== undefined && own.has(two));
    if (one !== two && !isThere) return null;
  }
  const kept = [...base.keys()].filter((key) => own.has(key));
  const order = [...own.keys()].filter((key) => base.has(key));
  return kept.every((key, i) => key === order[i])
    ? laid(base, other, otherEdits, own, ownEdits)
    : laid(base, own, ownEdits, other, otherEdits);
}
