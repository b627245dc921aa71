import { UnstyledButton } from "@mantine/core";
import { count } from "../draw";
import { useWords } from "../i18n";
import { EvidenceTag, SourceIcon } from "../map/EvidenceTag";
import type { Evidence } from "../map/evidence";
import { useEditor } from "./context";
import classes from "./editor.module.css";
import { BubbleIcon } from "./icons";
import type { Spot } from "./store/uiStore";

/** How many threads are open here; a click shows them. */
export function CommentMark({
  threads,
  spot,
  tabIndex = -1,
  inline,
}: {
  threads: number;
  spot: Spot;
  /** On the grid the cell is where one stands: its menu leads to the comments. */
  tabIndex?: number;
  /** Beside a name, and not in the corner of a cell. */
  inline?: boolean;
}) {
  const { ui } = useEditor();
  const { t, language } = useWords();
  if (!threads) return null;
  const label = t("editor.open_threads", { count: threads, shown: count(threads, language) });
  return (
    <UnstyledButton
      tabIndex={tabIndex}
      className={`number ${classes.mark}`}
      data-inline={inline || undefined}
      aria-label={label}
      title={label}
      onClick={() => ui.setState({ active: spot, panel: "comments" })}
    >
      <BubbleIcon size={12} />
      {count(threads, language)}
    </UnstyledButton>
  );
}

interface ProofMarkProps {
  proof: Evidence;
  /** Notes of research that are tied to the cell. */
  notes: number;
  spot: Spot;
  /** Beside a name there is room for a sign and a number only; the rest is told when it is pointed at. */
  short?: boolean;
}

/** What a cell stands on; where notes are tied to it, a click shows them. */
export function ProofMark({ proof, notes, spot, short }: ProofMarkProps) {
  const { ui } = useEditor();
  const { t, language } = useWords();
  if (!notes) return <EvidenceTag evidence={proof} />;
  return (
    <UnstyledButton
      tabIndex={-1}
      className={classes.proof}
      title={
        short ? `${t(`living.source.${proof.source}`)} – ${t("editor.see_notes")}` : t("editor.see_notes")
      }
      onClick={() => ui.setState({ active: spot, panel: "research" })}
    >
      {short ? (
        <span className={`number ${classes.short}`}>
          <SourceIcon source={proof.source} /> {count(notes, language)}
        </span>
      ) : (
        <EvidenceTag evidence={proof} />
      )}
    </UnstyledButton>
  );
}
