import i18next from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import type { Language } from "../draw";
import type { Words } from "./words";

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

const LOADED: Record<Language, () => Promise<{ words: Words }>> = {
  ru: () => import("./words.ru"),
  en: () => import("./words.en"),
};
const TRIES = 4;
const PAUSE_MS = 400;

const first: Language = stored() ?? known(navigator.language) ?? "en";
let wanted = first;

void i18next.use(initReactI18next).init({
  resources: {},
  lng: first,
  fallbackLng: false,
  interpolation: { escapeValue: false },
});

/** Fetches the words of a language unless they are there; a network that fails for a moment is asked again. */
export async function loadWords(language: Language, tries = TRIES): Promise<void> {
  if (i18next.hasResourceBundle(language, "translation")) return;
  try {
    const { words } = await LOADED[language]();
    i18next.addResourceBundle(language, "translation", words);
  } catch (fault) {
    if (tries <= 1) throw fault;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    await loadWords(language, tries - 1);
  }
}

function show(language: Language): void {
  document.documentElement.lang = language;
  if (i18next.language !== language) void i18next.changeLanguage(language);
}

/** The page stays in its language until the words of the other one are there; of two choices the last one holds. */
function apply(language: Language): void {
  wanted = language;
  if (i18next.hasResourceBundle(language, "translation")) {
    show(language);
    return;
  }
  loadWords(language).then(
    () => wanted === language && show(language),
    () => {
      if (wanted === language) wanted = known(i18next.language) ?? first;
    },
  );
}

/** The words that the page begins with: nothing is drawn before they are there. */
export async function startWords(): Promise<void> {
  await loadWords(first);
  show(first);
}

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

/** The same for readers from outside, and only where their browser asks for no language that is there. */
export function suggestToStrangers(language: string): void {
  if (!known(navigator.language)) suggestLanguage(language);
}

/** Whether the language of the page will not change by itself any more: a costly question is asked in one only. */
export const isSettled = (language: string): boolean =>
  stored() !== null || known(language) === null || known(language) === known(i18next.language);

/** The language of the page at this moment, for those who are no part of it. */
export const languageNow = (): Language => known(i18next.language) ?? "en";

export function useWords() {
  const { t, i18n } = useTranslation();
  return { t, language: (known(i18n.language) ?? "en") as Language };
}

export type Translate = ReturnType<typeof useWords>["t"];
