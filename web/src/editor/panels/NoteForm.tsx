import { Button, Group, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../../i18n";
import { NOTE_KINDS, type NoteGiven } from "../api";
import { useLimit } from "../limit";

interface NoteFormProps {
  given: NoteGiven;
  busy: boolean;
  fault: string | undefined;
  /** What differs from what the form began with. */
  onSave: (changed: Partial<NoteGiven>) => void;
  onCancel: () => void;
}

/** A note of research being written: who said what, and when. */
export function NoteForm({ given, busy, fault, onSave, onCancel }: NoteFormProps) {
  const { t } = useWords();
  const limit = useLimit();
  const [begun] = useState(given);
  const [note, setNote] = useState(given);
  const put = (patch: Partial<NoteGiven>) => setNote({ ...note, ...patch });
  return (
    <form
      style={{ display: "grid", gap: 8 }}
      onSubmit={(event) => {
        event.preventDefault();
        const names = Object.keys(note) as (keyof NoteGiven)[];
        onSave(
          Object.fromEntries(
            names.filter((name) => note[name] !== begun[name]).map((name) => [name, note[name]]),
          ),
        );
      }}
    >
      <NativeSelect
        size="xs"
        label={t("editor.note_kind")}
        value={note.kind}
        onChange={(event) => put({ kind: event.currentTarget.value })}
        data={[...new Set([...NOTE_KINDS, note.kind])].map((value) => ({
          value,
          label: t(`editor.note_kind_is.${value}`),
        }))}
      />
      <Textarea
        size="xs"
        autosize
        minRows={3}
        maxRows={16}
        label={t("editor.note_text")}
        dir="auto"
        data-autofocus=""
        error={fault}
        value={note.text}
        onChange={(event) => put({ text: event.currentTarget.value })}
      />
      <TextInput
        size="xs"
        label={t("editor.note_title")}
        dir="auto"
        maxLength={500}
        inputWrapperOrder={["label", "input", "description", "error"]}
        description={limit(note.title, 500)}
        value={note.title}
        onChange={(event) => put({ title: event.currentTarget.value })}
      />
      <Group grow>
        <TextInput
          size="xs"
          label={t("editor.note_who")}
          dir="auto"
          maxLength={500}
          value={note.respondent}
          onChange={(event) => put({ respondent: event.currentTarget.value })}
        />
        <TextInput
          size="xs"
          type="date"
          label={t("editor.note_date")}
          value={note.date ?? ""}
          onChange={(event) => put({ date: event.currentTarget.value || null })}
        />
      </Group>
      <Group gap={6}>
        <Button
          type="submit"
          size="compact-sm"
          loading={busy}
          disabled={!note.text.trim() && !note.title.trim()}
        >
          {t("editor.save")}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          {t("editor.cancel")}
        </Button>
      </Group>
    </form>
  );
}
