import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { expect, it } from "vitest";

const ROOT = import.meta.dirname;

/** What each folder may import besides itself; the table of web/README.md. */
const MAY: Record<string, string[]> = {
  api: [],
  draw: [],
  i18n: ["draw"],
  ui: ["draw", "i18n"],
  data: ["api", "draw", "i18n", "ui"],
  map: ["api", "draw", "i18n", "ui", "data"],
  editor: ["api", "draw", "i18n", "ui", "data", "map"],
  views: ["api", "draw", "i18n", "ui", "data", "map"],
  pages: ["api", "draw", "i18n", "ui", "data", "map", "editor", "views"],
};

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "api" ? [] : files(path);
    return /(?<!\.test)\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

const layerOf = (path: string): string => relative(ROOT, path).split(sep)[0] ?? "";

it("imports go one way", () => {
  const wrong: string[] = [];
  for (const folder of Object.keys(MAY).filter((name) => name !== "api")) {
    for (const path of files(join(ROOT, folder))) {
      for (const match of readFileSync(path, "utf8").matchAll(/(?:from|import)\s*\(?"(\.[^"]+)"/g)) {
        const target = layerOf(join(dirname(path), match[1] ?? ""));
        if (target !== folder && !MAY[folder]?.includes(target))
          wrong.push(`${relative(ROOT, path)} -> ${target}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

it("pictures are drawn without React", () => {
  for (const path of files(join(ROOT, "draw"))) expect(readFileSync(path, "utf8")).not.toMatch(/from "react/);
});
