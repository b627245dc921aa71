/** Sentences of the service, which speaks English, in the words of the page. */

import { useCallback } from "react";
import { useWords } from "../i18n";
import { ServiceError } from "./errors";
import patterns from "./said.json";

/** What a sentence looks like, and the word that says it; names in it are kept as they are. */
const KNOWN = Object.entries(patterns).map(([word, pattern]) => [word, new RegExp(pattern, "s")] as const);

export interface Said {
  text: string;
  /** How to mend it; empty where nobody knows. */
  mend: string;
  /** The service's own words, where they are in another language than the page: `text` says only what kind it is. */
  foreign: string;
}

/** Says an error in the person's language. */
export function useSaid(): (error: Error) => Said {
  const { t, language } = useWords();
  return useCallback(
    (error) => {
      const nearest = (hint: string) => {
        const [, meant] = /^Did you mean (.*)\?$/.exec(hint) ?? [];
        const [, known] = /^Known: (.*?)\.?$/s.exec(hint) ?? [];
        if (meant) return t("service_said.meant", { names: meant.replaceAll(" or ", ", ") });
        return known ? t("service_said.known", { names: known }) : "";
      };
      const told = error instanceof ServiceError ? error : null;
      const kind = told?.kind ?? "unexpected";
      if (kind === "network")
        return {
          text: t("error.network_message", { address: window.location.origin }),
          mend: t("error.network_hint"),
          foreign: "",
        };
      for (const [word, pattern] of KNOWN) {
        const match = pattern.exec(error.message);
        if (match)
          return {
            text: t(`service_said.text.${word}` as "service_said.text.may_not", { ...match.groups }),
            mend:
              nearest(told?.hint ?? "") ||
              t(`service_said.mend.${word}` as "service_said.mend.may_not", { ...match.groups }),
            foreign: "",
          };
      }
      if (language === "en" || !/[A-Za-z]{3}/.test(error.message))
        return { text: error.message, mend: told?.hint ?? "", foreign: "" };
      return {
        text: t(`error.${kind}` as "error.unexpected"),
        mend: "",
        foreign: [error.message, told?.hint].filter(Boolean).join(" "),
      };
    },
    [t, language],
  );
}

/** An error in one line, as fields and notices show it. */
export function useSaidShort(): (error: Error | null | undefined) => string | undefined {
  const { t } = useWords();
  const say = useSaid();
  return useCallback(
    (error) => {
      if (!error) return undefined;
      const { text, foreign } = say(error);
      return foreign ? `${text}. ${t("service_said.answered", { text: foreign })}` : text;
    },
    [say, t],
  );
}
