import type { ExpectationCheck } from "../api";
import { decimal, duration, type Language, share, signed, signedDuration, signedShare } from "../draw";

/** An expectation's numbers in words: a time, points of a score or a share. */
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
