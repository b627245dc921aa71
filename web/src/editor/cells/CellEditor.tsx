import { Button } from "@mantine/core";
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import { useWords } from "../../i18n";
import type { Plain } from "../model/types";
import classes from "./cells.module.css";
import { type Draft, type Fault, readDraft, unchanged, writeDraft } from "./contents";
import { Fields } from "./Fields";

/** Where to go when a cell is done: stay on it, the cell below, or the ones beside. */
export type Next = "stay" | "down" | "right" | "left";

interface CellEditorProps {
  content: string;
  lane: string;
  label: string;
  value: Plain;
  seed?: string;
  /** What was typed, where to go, and what stood there when the editing began. */
  onCommit: (value: Plain, next: Next, was: Plain) => void;
  onCancel: () => void;
  onSend?: ((index: number, by: 1 | -1) => void) | undefined;
  /** Shown in a form and not over a cell: no buttons, and Esc and Tab are left to the page. */
  inForm?: boolean;
}

/** What the letter that began the editing adds to the cell. */
function seeded(draft: Draft, seed: string): Draft {
  if (!seed) return draft;
  if (draft.as === "list") return { as: "list", cards: [...draft.cards, seed] };
  if (draft.as === "sorted") return { as: "sorted", cards: [...draft.cards, { text: seed, sort: "" }] };
  if (draft.as === "metrics")
    return { as: "metrics", cards: [...draft.cards, { metric: seed, now: "", target: "", unit: "" }] };
  if (draft.as === "text") return { as: "text", text: draft.text + seed };
  return draft;
}

const focusable = "textarea:not([tabindex='-1']), input:not([tabindex='-1']), select, [role='slider']";

/** One cell being edited: Enter and Tab keep what was typed and move on, Esc forgets it, so does leaving keep it. */
export function CellEditor(props: CellEditorProps) {
  const { content, lane, label, seed = "", onCommit, onCancel, onSend, inForm } = props;
  // Others may change the cell meanwhile: what the person saw decides whether the two meet.
  const [value] = useState(props.value);
  const { t } = useWords();
  const [draft, setDraft] = useState(() => seeded(readDraft(content, value), seed));
  const [faults, setFaults] = useState<Fault[]>([]);
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(draft);
  const over = useRef(false);
  latest.current = draft;

  const finish = useCallback(
    (next: Next): boolean => {
      if (over.current) return true;
      if (unchanged(content, latest.current, value)) {
        over.current = !inForm;
        onCommit(value, next, value);
        return true;
      }
      const written = writeDraft(content, latest.current, value);
      if ("faults" in written) {
        setFaults(written.faults);
        return false;
      }
      setFaults([]);
      over.current = !inForm;
      onCommit(written.value, next, value);
      return true;
    },
    [content, value, onCommit, inForm],
  );

  useEffect(() => {
    if (inForm) return;
    const field = box.current?.querySelector<HTMLElement>("[data-autofocus]");
    field?.focus({ preventScroll: true });
    if (field instanceof HTMLTextAreaElement) field.setSelectionRange(field.value.length, field.value.length);
    box.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [inForm]);

  // A page that is left keeps what stands in its fields.
  useEffect(() => {
    const leave = () => document.visibilityState === "hidden" && finish("stay");
    document.addEventListener("visibilitychange", leave);
    window.addEventListener("pagehide", leave);
    return () => {
      document.removeEventListener("visibilitychange", leave);
      window.removeEventListener("pagehide", leave);
    };
  }, [finish]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.defaultPrevented || inForm) return;
    event.stopPropagation();
    const command = event.ctrlKey || event.metaKey;
    if (event.key === "Escape") {
      over.current = true;
      onCancel();
    } else if (event.key === "Enter" && (command || !event.shiftKey)) {
      event.preventDefault();
      finish("down");
    } else if (event.key === "Tab") {
      const fields = [...(box.current?.querySelectorAll<HTMLElement>(focusable) ?? [])];
      const edge = event.shiftKey ? fields[0] : fields.at(-1);
      const leaves = draft.as === "list" || draft.as === "text" || document.activeElement === edge;
      if (!leaves) return;
      event.preventDefault();
      finish(event.shiftKey ? "left" : "right");
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the fields inside come up to here
    <div
      ref={box}
      className={inForm ? undefined : classes.editor}
      data-cell-editor=""
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        const to = event.relatedTarget as HTMLElement | null;
        if (box.current?.contains(to)) return;
        // A list of choices opens elsewhere on the page; only a step to something else leaves the cell.
        if (inForm || to !== null || document.hasFocus())
          setTimeout(() => !box.current?.contains(document.activeElement) && finish("stay"), 0);
      }}
    >
      <Fields
        draft={draft}
        lane={lane}
        label={label}
        faults={faults}
        change={setDraft}
        done={() => finish("down")}
        onSend={onSend && ((index, by) => finish("stay") && onSend(index, by))}
      />
      {!inForm && (
        <div className={classes.foot}>
          <Button size="compact-xs" onClick={() => finish("stay")} tabIndex={-1}>
            {t("editor.done")}
          </Button>
          <span>{t("editor.cell_keys")}</span>
        </div>
      )}
    </div>
  );
}
