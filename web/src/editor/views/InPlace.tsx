import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../../i18n";
import { EvidenceTag } from "../../map/EvidenceTag";
import { CellEditor } from "../cells/CellEditor";
import { isFact } from "../cells/evidence";
import { Show } from "../cells/Show";
import { useActionsOf, useEditor, useValue } from "../context";
import classes from "../editor.module.css";
import { useProof } from "../marks";
import { isRecord, type Plain, type Target } from "../model/types";
import { isYes } from "../model/values";

interface InPlaceProps {
  on: Target;
  /** Key of the document, and the key inside its value where only that part is meant. */
  lane: string;
  part?: string;
  content: string;
  label: string;
}

/** One value shown, and edited where it stands: for tables and forms. */
export function InPlace({ on, lane, part, content, label }: InPlaceProps) {
  const { canEdit } = useEditor();
  const { t } = useWords();
  const actions = useActionsOf();
  const whole = useValue(on, lane);
  const { proof, notes } = useProof(on, lane);
  const [open, setOpen] = useState(false);
  const value: Plain = part === undefined ? whole : isRecord(whole) ? (whole[part] ?? null) : null;
  const path = part === undefined ? [lane] : [lane, part];
  if (open && canEdit)
    return (
      <CellEditor
        content={content}
        lane={lane}
        label={label}
        value={value}
        onCancel={() => setOpen(false)}
        onCommit={(next, _where, was) => {
          actions.set(on, path, next, was, label);
          setOpen(false);
        }}
      />
    );
  const shown = (
    <span style={{ display: "grid", gap: 5 }} data-fact={isFact(proof) || undefined}>
      {value === null ? (
        <span className={classes.quiet}>{canEdit ? t("editor.add_here") : t("editor.nothing")}</span>
      ) : (
        <Show content={content} value={value} lane={lane} />
      )}
      {(value !== null || notes > 0) && part === undefined && <EvidenceTag evidence={proof} />}
    </span>
  );
  if (!canEdit) return shown;
  return (
    <UnstyledButton
      className={classes.tableCell}
      aria-label={value === null ? `${t("editor.add_here")}: ${label}` : undefined}
      onClick={() =>
        content === "mark" ? actions.set(on, path, isYes(value) ? null : true, value, label) : setOpen(true)
      }
    >
      {shown}
    </UnstyledButton>
  );
}
