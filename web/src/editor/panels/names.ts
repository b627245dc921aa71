/** Names that are called by @ while a comment is written. */

export interface Call {
  /** Where the @ stands, and where what is typed after it ends. */
  from: number;
  to: number;
  typed: string;
}

const LONGEST = 60;
const OFFERED = 6;

/** The name that is being typed before the caret, or null. */
export function callAt(text: string, caret: number): Call | null {
  const before = text.slice(Math.max(0, caret - LONGEST), caret);
  const match = /(?:^|[^\p{L}\p{N}_@])@([^@\n]*)$/u.exec(before);
  if (!match) return null;
  const typed = match[1] ?? "";
  return { from: caret - typed.length - 1, to: caret, typed };
}

const folded = (text: string) => text.toLocaleLowerCase().normalize("NFC");

/** Who may be meant: those whose name, or a word of it, begins so; the former first. */
export function offered(names: readonly string[], typed: string): string[] {
  const wanted = folded(typed);
  const begins = names.filter((name) => folded(name).startsWith(wanted));
  const within = names.filter((name) => !begins.includes(name) && folded(name).includes(` ${wanted}`));
  const all = [...begins, ...(wanted ? within : [])];
  // The name stands there already: nothing more is to be offered.
  return all.length === 1 && folded(all[0] ?? "") === wanted ? [] : all.slice(0, OFFERED);
}

/** The text with the name in it, and where the caret stands then. */
export function called(text: string, call: Call, name: string): { text: string; caret: number } {
  const rest = text.slice(call.to);
  const word = `@${name}${/^\s/.test(rest) ? "" : " "}`;
  return { text: text.slice(0, call.from) + word + rest, caret: call.from + word.length };
}

/** A comment in pieces: those that call somebody begin with @. */
export function pieces(text: string, names: readonly string[]): string[] {
  const known = [...names].sort((one, other) => other.length - one.length);
  const signs = known.map((name) => `@${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);
  return signs.length
    ? text.split(new RegExp(`((?<![\\p{L}\\p{N}_])(?:${signs.join("|")})(?![\\p{L}\\p{N}_]))`, "iu"))
    : [text];
}
