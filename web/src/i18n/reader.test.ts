// @vitest-environment jsdom

import i18next from "i18next";
import { afterEach, describe, expect, it, vi } from "vitest";
import { startWords, suggestLanguage, suggestToStrangers } from ".";

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

const asked = (language: string) => vi.stubGlobal("navigator", { ...navigator, language });

describe("the language of a shared map", () => {
  it("is the reader's own, not the workspace's", async () => {
    await startWords();
    const before = i18next.language;
    asked("en-US");
    suggestToStrangers(before === "ru" ? "en" : "ru");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(i18next.language).toBe(before);
  });

  it("is the workspace's where the reader asks for one that is not there", async () => {
    asked("de-DE");
    suggestToStrangers("ru");
    await vi.waitFor(() => expect(i18next.language).toBe("ru"));
    suggestLanguage("en");
    await vi.waitFor(() => expect(i18next.language).toBe("en"));
  });
});
