import { Button, MultiSelect, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../../i18n";
import { useActionsOf, useEditor } from "../context";
import { useLimit } from "../limit";
import { cleanName, goalOf, same, touchpointNames } from "../model/document";
import { type Change, isRecord, type Plain } from "../model/types";
import { type DurationUnit, durationOf, textOf, UNITS, writeDuration } from "../model/values";
import { Dialog } from "./Dialog";

interface Benchmark {
  name: string;
  promise: string;
  note: string;
}

const read = (value: Plain | undefined): Benchmark[] =>
  (Array.isArray(value) ? value : []).map((item) =>
    isRecord(item)
      ? { name: textOf(item.name), promise: textOf(item.promise), note: textOf(item.note) }
      : { name: textOf(item), promise: "", note: "" },
  );

const write = (all: readonly Benchmark[]): Plain => {
  const kept = all.filter((one) => one.name.trim());
  if (!kept.length) return null;
  return kept.map(
    (one): Plain =>
      Object.fromEntries(
        Object.entries(one).flatMap(([key, text]) => (text.trim() ? [[key, text.trim()]] : [])),
      ),
  );
};

function Benchmarks({ all, onChange }: { all: Benchmark[]; onChange: (all: Benchmark[]) => void }) {
  const { t } = useWords();
  return (
    <fieldset
      style={{
        display: "grid",
        gap: 8,
        margin: 0,
        border: "1px solid var(--line)",
        borderRadius: 8,
        padding: 12,
      }}
    >
      <legend style={{ fontSize: 13, padding: "0 4px" }}>{t("editor.benchmarks")}</legend>
      {all.map((one, i) => {
        const number = i + 1;
        return (
          <div key={`${number}`} style={{ display: "grid", gap: 6, gridTemplateColumns: "1fr 1.4fr" }}>
            {(["name", "promise"] as const).map((key) => (
              <TextInput
                key={key}
                size="xs"
                placeholder={t(`editor.benchmark.${key}`)}
                aria-label={`${t(`editor.benchmark.${key}`)} ${number}`}
                dir="auto"
                value={one[key]}
                onChange={(event) => {
                  const text = event.currentTarget.value;
                  onChange(all.map((other, j) => (i === j ? { ...other, [key]: text } : other)));
                }}
              />
            ))}
          </div>
        );
      })}
      <Button
        size="compact-xs"
        variant="subtle"
        style={{ justifySelf: "start" }}
        onClick={() => onChange([...all, { name: "", promise: "", note: "" }])}
      >
        + {t("editor.benchmark_add")}
      </Button>
    </fieldset>
  );
}

/** What holds for the whole map: its name, whose path, what one journey is, the goal. */
export function SettingsDialog() {
  const { store, ui } = useEditor();
  const { t } = useWords();
  const limit = useLimit();
  const actions = useActionsOf();
  const { document } = store.getState();
  const [name, setName] = useState(document.map);
  const [scenario, setScenario] = useState(textOf(document.scenario));
  const [segment, setSegment] = useState(textOf(document.segment));
  const [unit, setUnit] = useState(textOf(document.unit) || "customer");
  const [goal, setGoal] = useState(goalOf(document));
  const within = durationOf(document.within);
  const [horizon, setHorizon] = useState(within?.number ?? "");
  const [horizonUnit, setHorizonUnit] = useState<DurationUnit>(within?.unit ?? "d");
  const [benchmarks, setBenchmarks] = useState(() => read(document.benchmarks));
  const duration = horizon.trim() ? writeDuration(horizon, horizonUnit) : null;
  const wrong = horizon.trim() !== "" && duration === null;
  const close = () => ui.setState({ dialog: null });
  const save = () => {
    const changes: Change[] = [];
    const set = (key: string, value: Plain) => {
      const was = document[key] ?? null;
      if (!same(was, value)) changes.push({ op: "set", on: { map: true }, path: [key], value, was });
    };
    if (cleanName(name) && cleanName(name) !== document.map)
      changes.push({ op: "rename", on: { map: true }, to: cleanName(name) });
    set("scenario", scenario.trim() || null);
    set("segment", segment.trim() || null);
    if (unit !== (textOf(document.unit) || "customer")) set("unit", unit);
    if (!same(goal, goalOf(document))) set("goal", goal.length ? goal : null);
    if (duration !== (textOf(document.within) || null)) set("within", duration);
    if (!same(write(benchmarks), write(read(document.benchmarks)))) set("benchmarks", write(benchmarks));
    if (changes.length) actions.run(t("editor.settings_kept"), changes);
    close();
  };
  return (
    <Dialog opened onClose={close} title={t("editor.settings")} size="lg">
      <div style={{ display: "grid", gap: 14 }}>
        <TextInput
          label={t("editor.map_name")}
          dir="auto"
          maxLength={500}
          inputWrapperOrder={["label", "input", "description", "error"]}
          description={limit(name, 500)}
          error={cleanName(name) ? undefined : t("editor.name_needed")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label={t("editor.scenario")}
          description={t("editor.scenario_about")}
          autosize
          minRows={2}
          dir="auto"
          value={scenario}
          onChange={(event) => setScenario(event.currentTarget.value)}
        />
        <TextInput
          label={t("editor.segment")}
          description={t("editor.segment_about")}
          dir="auto"
          value={segment}
          onChange={(event) => setSegment(event.currentTarget.value)}
        />
        <NativeSelect
          label={t("editor.unit")}
          value={unit}
          onChange={(event) => setUnit(event.currentTarget.value)}
          data={(["customer", "case", "session"] as const).map((value) => ({
            value,
            label: t(`unit.${value}`),
          }))}
        />
        <MultiSelect
          label={t("editor.goal")}
          description={t("editor.goal_about")}
          searchable
          limit={100}
          data={touchpointNames(document)}
          value={goal}
          onChange={setGoal}
          nothingFoundMessage={t("filters.nothing")}
        />
        <div style={{ display: "grid", gridTemplateColumns: "1fr 140px", gap: 8, alignItems: "end" }}>
          <TextInput
            label={t("editor.horizon")}
            inputMode="decimal"
            error={wrong ? t("editor.fault.within") : undefined}
            value={horizon}
            onChange={(event) => setHorizon(event.currentTarget.value)}
          />
          <NativeSelect
            aria-label={t("editor.unit_of_time")}
            value={horizonUnit}
            onChange={(event) => setHorizonUnit(event.currentTarget.value as DurationUnit)}
            data={UNITS.map((value) => ({ value, label: t(`editor.unit_is.${value}`) }))}
          />
        </div>
        <Benchmarks all={benchmarks} onChange={setBenchmarks} />
        <div style={{ display: "flex", justifyContent: "flex-end", gap: 8 }}>
          <Button variant="default" onClick={close}>
            {t("editor.cancel")}
          </Button>
          <Button onClick={save} disabled={wrong || !cleanName(name)}>
            {t("editor.save")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
