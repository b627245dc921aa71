import { useWords } from "../i18n";
import { TickIcon, UpIcon } from "./icons";
import classes from "./ui.module.css";

export type VerdictWord = "kept" | "partly" | "missed" | "unsure" | "none";

const WORDS: readonly VerdictWord[] = ["kept", "partly", "missed", "unsure"];

export const verdictWord = (verdict: string | null | undefined): VerdictWord =>
  WORDS.find((word) => word === verdict) ?? "none";

/** Shape and word beside the colour: readable without seeing colours. */
export function Verdict({ verdict }: { verdict: string | null | undefined }) {
  const { t } = useWords();
  const word = verdictWord(verdict);
  return (
    <span className={classes.verdict} data-verdict={word}>
      {word === "kept" && <TickIcon />}
      {(word === "missed" || word === "partly") && <UpIcon />}
      {word === "unsure" && <span aria-hidden="true">≈</span>}
      {t(`verdict.${word}`)}
    </span>
  );
}
