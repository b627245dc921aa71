import {
  day,
  decimal,
  duration,
  type Language,
  share,
  signed,
  signedDuration,
  signedShare,
} from "../../draw";
import type { Translate } from "../../i18n";
import type { Measure } from "./model";

/** A group as people say it: `region=Moscow`, `channel=web`, `2026-01-01..2026-02-01`, `scenario=!Office`. */
export function groupText(group: string, t: Translate, language: Language): string {
  const [since, until] = group.split("..");
  if (!group.includes("=") && until !== undefined)
    return `${since ? day(since, language) : "…"} – ${until ? day(until, language) : "…"}`;
  const at = group.indexOf("=");
  const [name, value] = [group.slice(0, at), group.slice(at + 1)];
  if (name === "channel") return value;
  if (name === "scenario")
    return value.startsWith("!")
      ? t("living.scenario.without", { place: value.slice(1) })
      : t("living.scenario.through", { place: value });
  return `${name}: ${value}`;
}

/** How numbers of a measure and their changes are written. */
export function writer(measure: Measure | "kept_share", language: Language) {
  if (measure === "emotion")
    return {
      value: (number: number | null) => signed(number, language),
      change: (number: number | null) => signed(number, language),
    };
  if (measure === "next_median_seconds")
    return {
      value: (number: number | null) => duration(number, language),
      change: (number: number | null) => signedDuration(number, language),
    };
  return {
    value: (number: number | null) => share(number, language),
    change: (number: number | null) => signedShare(number, language),
  };
}

export const goalWriter = (language: Language) => ({
  value: (number: number | null) => share(number, language),
  change: (number: number | null) => signedShare(number, language),
  plain: (number: number | null) => decimal(number, language, 2),
});
