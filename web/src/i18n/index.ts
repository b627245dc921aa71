import i18next from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import type { Language } from "../draw";
import { wordsOf } from "./words";

const STORED = "tropa.language";

const known = (word: string | null | undefined): Language | null =>
  word?.startsWith("ru") ? "ru" : word?.startsWith("en") ? "en" : null;

function stored(): Language | null {
  try {
    return known(localStorage.getItem(STORED));
  } catch {
    return null;
  }
}

void i18next.use(initReactI18next).init({
  resources: { ru: { translation: wordsOf("ru") }, en: { translation: wordsOf("en") } },
  lng: stored() ?? known(navigator.language) ?? "en",
  fallbackLng: "en",
  interpolation: { escapeValue: false },
});

function apply(language: Language): void {
  document.documentElement.lang = language;
  if (i18next.language !== language) void i18next.changeLanguage(language);
}

apply(known(i18next.language) ?? "en");

/** The person's own choice: kept in this browser, and stronger than the workspace's language. */
export function chooseLanguage(language: Language): void {
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // A browser without storage forgets the choice; nothing else depends on it.
  }
  apply(language);
}

/** The workspace's language, where the person has not chosen one. */
export function suggestLanguage(language: string): void {
  const suggested = known(language);
  if (suggested && !stored()) apply(suggested);
}

/** Whether the language of the page will not change by itself any more: a costly question is asked in one only. */
export const isSettled = (language: string): boolean =>
  stored() !== null || known(language) === null || known(language) === known(i18next.language);

export function useWords() {
  const { t, i18n } = useTranslation();
  return { t, language: (known(i18n.language) ?? "en") as Language };
}

export type Translate = ReturnType<typeof useWords>["t"];
