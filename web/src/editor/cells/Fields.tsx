import { Button, NativeSelect, Slider, Switch, Textarea, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "../../i18n";
import { UNITS } from "../model/values";
import { MetricCards, SortedCards, TextCards } from "./CardFields";
import classes from "./cells.module.css";
import type { Draft, Expectation, Fault } from "./contents";
import { usePart } from "./Show";

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

/** The fields of one value, by what it holds. */
export function Fields(
  props: Omit<FieldProps<Draft>, "draft"> & {
    draft: Draft;
    onSend?: ((index: number, by: 1 | -1) => void) | undefined;
  },
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
