import { Button, NativeSelect, Slider, Switch, Textarea, TextInput } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useWords } from "../../i18n";
import type { Plain } from "../model/types";
import { UNITS } from "../model/values";
import { MetricCards, SortedCards, TextCards } from "./CardFields";
import classes from "./cells.module.css";
import { type Draft, type Expectation, type Fault, readDraft, unchanged, writeDraft } from "./contents";
import { usePart } from "./Show";

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

interface FieldProps<D extends Draft> {
  draft: D;
  lane: string;
  label: string;
  faults: Fault[];
  change: (draft: D) => void;
  done: () => void;
}

function TextField({ draft, label, change }: FieldProps<Extract<Draft, { as: "text" }>>) {
  return (
    <Textarea
      autosize
      minRows={2}
      maxRows={14}
      size="xs"
      aria-label={label}
      dir="auto"
      data-autofocus=""
      value={draft.text}
      onChange={(event) => change({ as: "text", text: event.currentTarget.value })}
    />
  );
}

function ProcessFields({ draft, lane, change }: FieldProps<Extract<Draft, { as: "process" }>>) {
  const part = usePart(lane);
  const { process } = draft;
  const put = (patch: Partial<typeof process>) =>
    change({ as: "process", process: { ...process, ...patch } });
  return (
    <>
      {(["owner", "department", "decides"] as const).map((key) => (
        <TextInput
          key={key}
          size="xs"
          label={part(key)}
          dir="auto"
          data-autofocus={key === "owner" || undefined}
          value={process[key]}
          onChange={(event) => put({ [key]: event.currentTarget.value })}
        />
      ))}
      <TextInput
        size="xs"
        label={part("systems")}
        dir="auto"
        value={process.systems.join(", ")}
        onChange={(event) => put({ systems: event.currentTarget.value.split(/,\s?/) })}
      />
    </>
  );
}

function ExpectationFields({
  draft,
  lane,
  faults,
  change,
}: FieldProps<Extract<Draft, { as: "expectation" }>>) {
  const { t } = useWords();
  const part = usePart(lane);
  const { expects } = draft;
  const put = (patch: Partial<Expectation>) =>
    change({ as: "expectation", expects: { ...expects, ...patch } });
  const wrong = (field: string) => {
    const fault = faults.find((it) => it.field === field);
    return fault ? t(`editor.fault.${fault.why}`) : undefined;
  };
  return (
    <>
      {(["best", "worst"] as const).map((key) => (
        <Textarea
          key={key}
          size="xs"
          autosize
          minRows={1}
          maxRows={6}
          label={part(key)}
          dir="auto"
          data-autofocus={key === "best" || undefined}
          value={expects[key]}
          onChange={(event) => put({ [key]: event.currentTarget.value })}
        />
      ))}
      <div className={classes.two}>
        <TextInput
          size="xs"
          label={part("within")}
          inputMode="decimal"
          error={wrong("within")}
          value={expects.within}
          onChange={(event) => put({ within: event.currentTarget.value })}
        />
        <NativeSelect
          size="xs"
          aria-label={t("editor.unit_of_time")}
          value={expects.unit}
          onChange={(event) => put({ unit: event.currentTarget.value as Expectation["unit"] })}
          data={UNITS.map((unit) => ({ value: unit, label: t(`editor.unit_is.${unit}`) }))}
        />
      </div>
      <div className={classes.two} style={{ gridTemplateColumns: "1fr 1fr" }}>
        <TextInput
          size="xs"
          label={part("score")}
          inputMode="decimal"
          error={wrong("score")}
          value={expects.score}
          onChange={(event) => put({ score: event.currentTarget.value })}
        />
        <TextInput
          size="xs"
          label={part("failures")}
          inputMode="decimal"
          rightSection="%"
          error={wrong("failures")}
          value={expects.failures}
          onChange={(event) => put({ failures: event.currentTarget.value })}
        />
      </div>
    </>
  );
}

const MOODS = [-2, -1, 0, 1, 2];

function EmotionField({ draft, label, change }: FieldProps<Extract<Draft, { as: "emotion" }>>) {
  const { t, language } = useWords();
  const format = new Intl.NumberFormat(language, { signDisplay: "exceptZero" });
  return (
    <div style={{ padding: "4px 12px 20px" }}>
      <Slider
        min={-2}
        max={2}
        step={0.5}
        value={draft.mood ?? 0}
        thumbLabel={label}
        thumbProps={{ "data-autofocus": "" } as object}
        label={(value) => format.format(value)}
        marks={MOODS.map((value) => ({ value, label: format.format(value) }))}
        onChange={(mood) => change({ as: "emotion", mood })}
      />
      {draft.mood !== null && (
        <Button
          mt={24}
          size="compact-xs"
          variant="subtle"
          onClick={() => change({ as: "emotion", mood: null })}
        >
          {t("editor.clear")}
        </Button>
      )}
    </div>
  );
}

function Fields(
  props: Omit<FieldProps<Draft>, "draft"> & { draft: Draft; onSend?: CellEditorProps["onSend"] },
): ReactNode {
  const { draft, lane, label, change, done, onSend } = props;
  const cards = { lane, label, onDone: done, onSend };
  switch (draft.as) {
    case "list":
      return (
        <TextCards {...cards} cards={draft.cards} onChange={(next) => change({ as: "list", cards: next })} />
      );
    case "sorted":
      return (
        <SortedCards
          {...cards}
          cards={draft.cards}
          onChange={(next) => change({ as: "sorted", cards: next })}
        />
      );
    case "metrics":
      return (
        <MetricCards
          {...cards}
          cards={draft.cards}
          onChange={(next) => change({ as: "metrics", cards: next })}
        />
      );
    case "process":
      return <ProcessFields {...props} draft={draft} />;
    case "expectation":
      return <ExpectationFields {...props} draft={draft} />;
    case "emotion":
      return <EmotionField {...props} draft={draft} />;
    case "mark":
      return (
        <Switch
          label={label}
          checked={draft.yes}
          data-autofocus=""
          onChange={(event) => change({ as: "mark", yes: event.currentTarget.checked })}
        />
      );
    case "text":
      return <TextField {...props} draft={draft} />;
  }
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
