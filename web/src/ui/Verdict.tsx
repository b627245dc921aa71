import { useWords } from "../i18n";
import { TickIcon, UpIcon } from "./icons";
import classes from "./ui.module.css";

export type VerdictWord = "kept" | "missed" | "unsure" | "none";

export const verdictWord = (verdict: string | null | undefined): VerdictWord =>
  verdict === "kept" || verdict === "missed" || verdict === "unsure" ? verdict : "none";

/** Shape and word beside the colour: readable without seeing colours. */
export function Verdict({ verdict }: { verdict: string | null | undefined }) {
  const { t } = useWords();
  const word = verdictWord(verdict);
  return (
    <span className={classes.verdict} data-verdict={word}>
      {word === "kept" && <TickIcon />}
      {word === "missed" && <UpIcon />}
      {word === "unsure" && <span aria-hidden="true">≈</span>}
      {t(`verdict.${word}`)}
    </span>
  );
}
