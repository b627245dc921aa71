/** All words of one language: `words/<area>.<language>.json`, each file with keys of its own at the top. */

import type { Language } from "../draw";

export type Words = { [key: string]: string | Words };

const FILES = import.meta.glob<Words>("./words/*.json", { eager: true, import: "default" });

export function wordsOf(language: Language): Words {
  const merged: Words = {};
  for (const [path, words] of Object.entries(FILES)) {
    if (!path.endsWith(`.${language}.json`)) continue;
    for (const [key, value] of Object.entries(words)) {
      if (key in merged) throw new Error(`${path}: the words of ${key} stand in another file already`);
      merged[key] = value;
    }
  }
  return merged;
}
