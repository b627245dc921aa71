import { Button, FileButton, TextInput, UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ServiceError } from "../../data/errors";
import { useSaidShort } from "../../data/said";
import { count, day } from "../../draw";
import { useWords } from "../../i18n";
import {
  askNotes,
  bringNotes,
  cut,
  keepNote,
  keepPhoto,
  type NoteGiven,
  type NoteWithTies,
  putAway,
  tie,
} from "../api";
import { useEditor } from "../context";
import classes from "../editor.module.css";
import { NoteForm } from "./NoteForm";
import { rewriteNote } from "./notes";
import { Panel } from "./Panel";
import { isAt, placedOf, useGo, usePlace, usePlaceWords } from "./place";

const EMPTY: NoteGiven = { kind: "interview", title: "", text: "", respondent: "", date: null };
const SHOWN = 50;

/** The part of the note that the person has marked with the mouse: it becomes the quote. */
function markedIn(element: HTMLElement | null): string {
  const selection = window.getSelection();
  if (!element || !selection || selection.isCollapsed || !element.contains(selection.anchorNode)) return "";
  return selection.toString().trim();
}

/** Notes have changed, and with them what the cells of the map stand on. */
function useRefresh(): () => void {
  const { id } = useEditor();
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: ["notes"] });
    void client.invalidateQueries({ queryKey: ["evidence", id] });
  };
}

function isConflict(error: Error | null): boolean {
  return error instanceof ServiceError && error.kind === "conflict";
}

function One({ it }: { it: NoteWithTies }) {
  const { id, store, canEdit } = useEditor();
  const { t, language } = useWords();
  const say = useSaidShort();
  const place = usePlace();
  const go = useGo();
  const wordsOf = usePlaceWords();
  const [editing, setEditing] = useState(false);
  const [text, setText] = useState<HTMLElement | null>(null);
  const { note } = it;
  const ties = it.ties.filter((other) => other.map_id === id);
  const here = ties.some((other) => isAt(other, place));
  const refresh = useRefresh();
  const act = useMutation({ mutationFn: (deed: () => Promise<unknown>) => deed(), onSuccess: refresh });
  const save = useMutation({
    mutationFn: (changed: Partial<NoteGiven>) => rewriteNote(changed, note.id, note.changed_at),
    onSuccess: () => {
      refresh();
      setEditing(false);
    },
    // Somebody else's words come in; what was typed stays, and may be saved over them.
    onError: refresh,
  });
  if (editing)
    return (
      <li className={classes.box}>
        <NoteForm
          given={{
            kind: note.kind,
            title: note.title,
            text: note.text,
            respondent: note.respondent ?? "",
            date: note.date ?? null,
          }}
          busy={save.isPending}
          fault={isConflict(save.error) ? t("editor.note_changed") : say(save.error)}
          onSave={(changed) => save.mutate(changed)}
          onCancel={() => setEditing(false)}
        />
      </li>
    );
  return (
    <li className={classes.box} data-chosen={here || undefined}>
      <div className={classes.boxHead}>
        <b dir="auto">{note.title || note.respondent || t(`editor.note_kind_is.${note.kind}`)}</b>
        <span>
          {t(`editor.note_kind_is.${note.kind}`)}
          {note.date && ` · ${day(note.date, language)}`}
        </span>
      </div>
      {note.photo && (
        <img
          src={`/api/research/${encodeURIComponent(note.id)}/photo`}
          alt={note.title || t("editor.photo")}
          loading="lazy"
          style={{ maxWidth: "100%", borderRadius: 6, marginTop: 6 }}
        />
      )}
      {note.text && (
        <p ref={setText} className={classes.words} dir="auto" style={{ maxHeight: 220, overflow: "auto" }}>
          {note.text}
        </p>
      )}
      {ties.map((other) => (
        <div
          key={other.id}
          className={classes.row}
          style={{ flexWrap: "nowrap", justifyContent: "space-between" }}
        >
          <UnstyledButton
            onClick={() => go(other)}
            className={classes.quiet}
            style={{ textAlign: "start" }}
            dir="auto"
          >
            → {wordsOf(other)}
            {other.quote && ` «${other.quote}»`}
          </UnstyledButton>
          {canEdit && (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              aria-label={t("editor.untie", { place: wordsOf(other) })}
              onClick={() => act.mutate(() => cut(other.id))}
            >
              ✕
            </Button>
          )}
        </div>
      ))}
      {act.error && <p role="alert">{say(act.error)}</p>}
      {canEdit && (
        <div className={classes.row}>
          {!here && (
            <Button
              size="compact-xs"
              variant="light"
              loading={act.isPending}
              onClick={() => {
                const quote = markedIn(text);
                act.mutate(async () => {
                  await store.flush();
                  return tie(note.id, id, place.on, place.lane, quote);
                });
              }}
            >
              {t("editor.tie")}
            </Button>
          )}
          <Button size="compact-xs" variant="subtle" onClick={() => setEditing(true)}>
            {t("editor.edit")}
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            onClick={() => act.mutate(() => putAway(note.id))}
          >
            {t("editor.to_archive")}
          </Button>
        </div>
      )}
    </li>
  );
}

function Bring({ onBrought }: { onBrought: () => void }) {
  const { id } = useEditor();
  const { t, language } = useWords();
  const say = useSaidShort();
  const [said, setSaid] = useState("");
  const bring = useMutation({
    mutationFn: (file: File) => bringNotes(file, "interview", id),
    onSuccess: (brought) => {
      const left = brought.left.length;
      const came = t("editor.brought", {
        count: brought.notes.length,
        shown: count(brought.notes.length, language),
      });
      setSaid(left ? `${came} ${t("editor.brought_left", { n: left })}` : came);
      onBrought();
    },
  });
  const photo = useMutation({ mutationFn: (file: File) => keepPhoto(file, ""), onSuccess: onBrought });
  const fault = bring.error ?? photo.error;
  return (
    <>
      <div className={classes.row}>
        <FileButton accept=".txt,.md,.docx,.csv" onChange={(file) => file && bring.mutate(file)}>
          {(props) => (
            <Button {...props} size="compact-sm" variant="default" loading={bring.isPending}>
              {t("editor.import_notes")}
            </Button>
          )}
        </FileButton>
        <FileButton
          accept="image/png,image/jpeg,image/webp,image/gif"
          onChange={(file) => file && photo.mutate(file)}
        >
          {(props) => (
            <Button {...props} size="compact-sm" variant="default" loading={photo.isPending}>
              {t("editor.add_photo")}
            </Button>
          )}
        </FileButton>
      </div>
      {said && (
        <p className={classes.quiet} role="status">
          {said}
        </p>
      )}
      {fault && <p role="alert">{say(fault)}</p>}
    </>
  );
}

/** Interviews, observations, quotes and photos, and the cells that stand on them. */
export default function ResearchPanel() {
  const { canEdit } = useEditor();
  const { t } = useWords();
  const say = useSaidShort();
  const place = usePlace();
  const wordsOf = usePlaceWords();
  const [typed, setTyped] = useState("");
  const [words] = useDebouncedValue(typed, 300);
  const [writing, setWriting] = useState(false);
  const notes = useQuery({
    queryKey: ["notes", words],
    queryFn: () => askNotes(words),
    placeholderData: (now) => now,
  });
  const refresh = useRefresh();
  const save = useMutation({
    mutationFn: (changed: Partial<NoteGiven>) => keepNote({ ...EMPTY, ...changed }, null),
    onSuccess: () => {
      refresh();
      setWriting(false);
    },
  });
  const all = notes.data ?? [];
  const isHere = (it: NoteWithTies) => it.ties.some((other) => isAt(other, place));
  const sorted = [...all.filter(isHere), ...all.filter((it) => !isHere(it))];
  return (
    <Panel title={t("editor.research")}>
      <p className={classes.quiet}>{t("editor.research_about")}</p>
      <h3 style={{ margin: 0, fontSize: 13 }} dir="auto">
        {wordsOf(placedOf(place))}
      </h3>
      {canEdit && !writing && (
        <Button size="compact-sm" style={{ alignSelf: "start" }} onClick={() => setWriting(true)}>
          {t("editor.note_add")}
        </Button>
      )}
      {writing && (
        <NoteForm
          given={EMPTY}
          busy={save.isPending}
          fault={say(save.error)}
          onSave={(note) => save.mutate(note)}
          onCancel={() => setWriting(false)}
        />
      )}
      {canEdit && <Bring onBrought={refresh} />}
      <TextInput
        size="xs"
        aria-label={t("editor.notes_find")}
        placeholder={t("editor.notes_find")}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {notes.isPending && <p className={classes.quiet}>{t("editor.loading")}</p>}
      {notes.error && <p role="alert">{say(notes.error)}</p>}
      {notes.data && !all.length && <p className={classes.quiet}>{t("editor.no_notes")}</p>}
      <ul style={{ listStyle: "none", margin: 0, padding: 0, display: "grid", gap: 8 }}>
        {sorted.slice(0, SHOWN).map((it) => (
          <One key={it.note.id} it={it} />
        ))}
      </ul>
    </Panel>
  );
}
