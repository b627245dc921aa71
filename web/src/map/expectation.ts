import type { ExpectationCheck } from "../api";
import { decimal, duration, type Language, share, signed, signedDuration, signedShare } from "../draw";
import type { Translate } from "../i18n";

/** An expectation's numbers in words: a time, points of a score or a share. */
/** What was met against what was promised; a promised time of its own is met early or late. */
export function sayCheck(check: ExpectationCheck, t: Translate, language: Language): string {
  const write = writeCheck(check, language);
  if (check.reality === null) return t("expectation.promise_only", { promise: write.value(check.promise) });
  if (check.expectation === "promised")
    return t((check.gap ?? 0) > 0 ? "expectation.late" : "expectation.early");
  return t("map.instead_of", { reality: write.value(check.reality), promise: write.value(check.promise) });
}

export function writeCheck(check: ExpectationCheck, language: Language) {
  if (check.unit === "seconds") {
    return {
      value: (number: number | null) => duration(number, language),
      gap: (number: number | null) => signedDuration(number, language),
    };
  }
  if (check.unit === "share") {
    return {
      value: (number: number | null) => share(number, language),
      gap: (number: number | null) => signedShare(number, language),
    };
  }
  return {
    value: (number: number | null) => decimal(number, language, 2),
    gap: (number: number | null) => signed(number, language, 2),
  };
}
