/** All words of one language: `words/<area>.<language>.json`, each file with keys of its own at the top. */

export type Words = { [key: string]: string | Words };

/** The areas as one tree; a key that stands in two of them would hide one. */
export function merged(files: Record<string, Words>): Words {
  const all: Words = {};
  for (const [path, words] of Object.entries(files)) {
    for (const [key, value] of Object.entries(words)) {
      if (key in all) throw new Error(`${path}: the words of ${key} stand in another file already`);
      all[key] = value;
    }
  }
  return all;
}
