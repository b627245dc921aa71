import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { merged, type Words } from "./words";
import { words as english } from "./words.en";
import { words as russian } from "./words.ru";

const PLURAL = /_(one|few|many|other)$/;

function flatten(tree: Words, prefix = ""): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === "string") found[prefix + key] = value;
    else Object.assign(found, flatten(value, `${prefix}${key}.`));
  }
  return found;
}

const words = { ru: flatten(russian), en: flatten(english) };
const stems = (language: "ru" | "en") =>
  [...new Set(Object.keys(words[language]).map((key) => key.replace(PLURAL, "")))].sort();

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "api" ? [] : sources(path);
    return /(?<!\.test)\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

const code = sources(join(import.meta.dirname, "..")).map(
  (path) => [path, readFileSync(path, "utf8")] as const,
);

describe("words", () => {
  it("are the same set in both languages", () => expect(stems("ru")).toEqual(stems("en")));

  it("of every file are there, and no file hides those of another", () => {
    const files = readdirSync(join(import.meta.dirname, "words"));
    const tops = files.flatMap((file) =>
      Object.keys(JSON.parse(readFileSync(join(import.meta.dirname, "words", file), "utf8"))),
    );
    expect(Object.keys(russian).length + Object.keys(english).length).toBe(tops.length);
    expect(() => merged({ one: { map: {} }, other: { map: {} } })).toThrow("map");
  });

  it("have every plural form of their language", () => {
    const forms = { ru: ["one", "few", "many", "other"], en: ["one", "other"] };
    for (const language of ["ru", "en"] as const) {
      const plural = Object.keys(words[language]).filter((key) => PLURAL.test(key));
      for (const stem of new Set(plural.map((key) => key.replace(PLURAL, ""))))
        for (const form of forms[language]) expect(words[language]).toHaveProperty([`${stem}_${form}`]);
    }
  });

  it("fill the same gaps", () => {
    const gaps = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
    for (const [key, text] of Object.entries(words.en)) {
      if (!PLURAL.test(key)) expect([key, gaps(words.ru[key] ?? "")]).toEqual([key, gaps(text)]);
    }
  });

  it("are really translated", () => {
    for (const [key, text] of Object.entries(words.ru)) {
      const same = text === words.en[key] && /[a-z]{4}/.test(text.replace(/\{\{\w+\}\}/g, ""));
      expect([key, same]).toEqual([key, false]);
    }
  });

  it("exist wherever the code asks for one", () => {
    const known = new Set(stems("en"));
    for (const [path, text] of code)
      for (const match of text.matchAll(/\bt\("([\w.]+)"/g))
        expect([path, match[1], known.has(match[1] ?? "")]).toEqual([path, match[1], true]);
  });

  it("are all used", () => {
    const all = code.map(([, text]) => text).join("\n");
    const prefixes = [...all.matchAll(/`([\w.]+[._])\$\{/g)].map((match) => match[1] ?? "");
    const used = (key: string) =>
      all.includes(`"${key}"`) || prefixes.some((prefix) => key.startsWith(prefix));
    expect(stems("en").filter((key) => !used(key))).toEqual([]);
  });

  it("stand nowhere in the code itself", () => {
    for (const [path, text] of code) {
      if (path.endsWith(join("draw", "format.ts")) || path.endsWith("trendSpec.ts")) continue;
      const bare = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
      expect([path, /[А-Яа-яЁё]{2}/.test(bare)]).toEqual([path, false]);
    }
  });
});
