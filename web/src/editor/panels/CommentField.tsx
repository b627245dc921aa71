import { Textarea, VisuallyHidden } from "@mantine/core";
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from "react";
import { count } from "../../draw";
import { useWords } from "../../i18n";
import classes from "../editor.module.css";
import { type Call, callAt, called, offered } from "./names";

interface CommentFieldProps {
  label: string;
  value: string;
  /** Who can be called. */
  names: readonly string[];
  fault: string | undefined;
  onChange: (text: string) => void;
  onSend: () => void;
}

/** A comment being written: after @ it offers names, to be picked by the keys or the mouse. */
export function CommentField({ label, value, names, fault, onChange, onSend }: CommentFieldProps) {
  const { t, language } = useWords();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number | null>(null);
  const [call, setCall] = useState<Call | null>(null);
  const [chosen, setChosen] = useState(0);
  const found = call ? offered(names, call.typed) : [];
  const at = Math.min(chosen, found.length - 1);

  useLayoutEffect(() => {
    if (caret.current === null) return;
    field.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });
  const look = (text: string, place: number) => {
    setCall(callAt(text, place));
    setChosen(0);
  };
  const pick = (name: string) => {
    if (!call) return;
    const next = called(value, call, name);
    caret.current = next.caret;
    setCall(null);
    onChange(next.text);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return onSend();
    const name = found[at];
    if (name === undefined || event.nativeEvent.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) setChosen((at + by + found.length) % found.length);
    else if (event.key === "Enter" || event.key === "Tab") pick(name);
    else if (event.key === "Escape") setCall(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div style={{ position: "relative" }}>
      <Textarea
        ref={field}
        size="xs"
        autosize
        minRows={2}
        maxRows={10}
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={found.length ? `${id}-names` : undefined}
        aria-activedescendant={found.length ? `${id}-${at}` : undefined}
        placeholder={t("editor.comment_hint")}
        dir="auto"
        maxLength={10_000}
        error={fault}
        value={value}
        onChange={(event) => {
          onChange(event.currentTarget.value);
          look(event.currentTarget.value, event.currentTarget.selectionStart);
        }}
        onClick={(event) => look(value, event.currentTarget.selectionStart)}
        onBlur={() => setCall(null)}
        onKeyDown={onKeyDown}
      />
      {found.length > 0 && (
        <div id={`${id}-names`} role="listbox" aria-label={t("editor.names")} className={classes.names}>
          {found.map((name, i) => (
            <div
              key={name}
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === at}
              dir="auto"
              // The field keeps the focus: the keys go on.
              onMouseDown={(event) => {
                event.preventDefault();
                pick(name);
              }}
              onMouseEnter={() => setChosen(i)}
            >
              {name}
            </div>
          ))}
        </div>
      )}
      <VisuallyHidden role="status">
        {found.length > 0 &&
          t("editor.names_found", { count: found.length, shown: count(found.length, language) })}
      </VisuallyHidden>
    </div>
  );
}
