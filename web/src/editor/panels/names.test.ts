import { describe, expect, it } from "vitest";
import { callAt, called, offered, pieces } from "./names";

const NAMES = ["Anna", "Anna Petrova", "Иван Петров", "Ivan (sales)"];

describe("calling people", () => {
  it("knows when a name is being typed", () => {
    expect(callAt("hello @An", 9)).toEqual({ from: 6, to: 9, typed: "An" });
    expect(callAt("@", 1)).toEqual({ from: 0, to: 1, typed: "" });
    expect(callAt("write to anna@bank.com", 22)).toBeNull();
    expect(callAt("@Anna\nand then", 14)).toBeNull();
    expect(callAt("@Anna later", 3)).toEqual({ from: 0, to: 3, typed: "An" });
  });

  it("offers by the beginning of any word of a name", () => {
    expect(offered(NAMES, "an")).toEqual(["Anna", "Anna Petrova"]);
    expect(offered(NAMES, "Пет")).toEqual(["Иван Петров"]);
    expect(offered(NAMES, "Anna ")).toEqual(["Anna Petrova"]);
    expect(offered(NAMES, "Anna Petrova")).toEqual([]);
    expect(offered(NAMES, "is it so?")).toEqual([]);
  });

  it("puts the name where it was begun", () => {
    const text = "Ask @an about it";
    expect(called(text, { from: 4, to: 7, typed: "an" }, "Anna Petrova")).toEqual({
      text: "Ask @Anna Petrova about it",
      caret: 17,
    });
    expect(called("@", { from: 0, to: 1, typed: "" }, "Anna")).toEqual({ text: "@Anna ", caret: 6 });
  });

  it("finds whole names in a comment, the longest first", () => {
    expect(pieces("@anna petrova and @Anna, not anna@anna.com or @Annabel", NAMES)).toEqual([
      "",
      "@anna petrova",
      " and ",
      "@Anna",
      ", not anna@anna.com or @Annabel",
    ]);
    expect(pieces("@Ivan (sales)", NAMES)).toEqual(["", "@Ivan (sales)", ""]);
    expect(pieces("nobody", [])).toEqual(["nobody"]);
  });
});
