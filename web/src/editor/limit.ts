import { count } from "../draw";
import { useWords } from "../i18n";

/** From here on it is said how much room is left. */
const NEAR = 0.8;

/** Under a field that takes so many characters: how many there are, once they come near the end. */
export function useLimit(): (typed: string, most: number) => string | undefined {
  const { t, language } = useWords();
  return (typed, most) => {
    if (typed.length < most * NEAR) return undefined;
    const said = { n: count(typed.length, language), most: count(most, language) };
    return t(typed.length < most ? "editor.letters" : "editor.letters_full", said);
  };
}
