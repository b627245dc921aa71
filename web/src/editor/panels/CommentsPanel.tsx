import { Button, Checkbox, UnstyledButton } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useSaidShort } from "../../data/said";
import { useWords } from "../../i18n";
import { useTimes } from "../../i18n/times";
import { askComments, askNames, type Comment, resolve, say, type Thread } from "../api";
import { useEditor } from "../context";
import classes from "../editor.module.css";
import { CommentField } from "./CommentField";
import { pieces } from "./names";
import { Panel } from "./Panel";
import { isAt, placedOf, useGo, usePlace, usePlaceWords } from "./place";

/** Who can be called: those with an account; where nobody has one, those who have spoken or were called here. */
function useNames(): string[] {
  const { id } = useEditor();
  const people = useQuery({ queryKey: ["people", "names"], queryFn: askNames, staleTime: 60_000 }).data;
  const threads = useQuery({ queryKey: ["comments", id], queryFn: () => askComments(id) }).data;
  return useMemo(() => {
    if (people?.length) return people;
    const said = (threads ?? []).flatMap(({ comment, replies }) => [comment, ...replies]);
    return [...new Set(said.flatMap(({ author, mentions }) => [author, ...mentions]))].filter(Boolean).sort();
  }, [people, threads]);
}

interface WriteProps {
  label: string;
  button: string;
  busy: boolean;
  fault: string | undefined;
  onSay: (text: string, done: () => void) => void;
}

function Write({ label, button, busy, fault, onSay }: WriteProps) {
  const names = useNames();
  const [text, setText] = useState("");
  const send = () => text.trim() && onSay(text.trim(), () => setText(""));
  return (
    <form
      style={{ display: "grid", gap: 6 }}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <CommentField label={label} value={text} names={names} fault={fault} onChange={setText} onSend={send} />
      <Button
        type="submit"
        size="compact-sm"
        loading={busy}
        disabled={!text.trim()}
        style={{ justifySelf: "start" }}
      >
        {button}
      </Button>
    </form>
  );
}

/** The words of a comment; names that are called by @ stand out. */
function Words({ comment }: { comment: Comment }) {
  const { t } = useWords();
  const { moment } = useTimes();
  const parts = pieces(comment.text, comment.mentions);
  return (
    <>
      <div className={classes.boxHead}>
        <b dir="auto">{comment.author || t("editor.somebody")}</b>
        <span>{moment(comment.at)}</span>
      </div>
      <p className={classes.words} dir="auto">
        {parts.map((part, i) => {
          const key = `${i}`;
          // Every second piece is a name.
          return i % 2 ? <b key={key}>{part}</b> : <span key={key}>{part}</span>;
        })}
      </p>
    </>
  );
}

function One({ thread, chosen }: { thread: Thread; chosen: boolean }) {
  const { id, canEdit } = useEditor();
  const { t } = useWords();
  const inWords = useSaidShort();
  const client = useQueryClient();
  const go = useGo();
  const wordsOf = usePlaceWords();
  const [answering, setAnswering] = useState(false);
  const done = () => void client.invalidateQueries({ queryKey: ["comments", id] });
  const { comment, replies } = thread;
  const reply = useMutation({
    mutationFn: (text: string) => say(id, { text, reply_to: comment.id }),
    onSuccess: done,
  });
  const settle = useMutation({
    mutationFn: () => resolve(id, comment.id, comment.resolved_at === null),
    onSuccess: done,
  });
  return (
    <li className={classes.box} data-chosen={chosen || undefined}>
      <UnstyledButton
        onClick={() => go(comment)}
        className={classes.quiet}
        dir="auto"
        style={{ textAlign: "start" }}
      >
        {wordsOf(comment)}
      </UnstyledButton>
      <Words comment={comment} />
      {replies.map((other) => (
        <div key={other.id} style={{ borderInlineStart: "2px solid var(--line-2)", paddingInlineStart: 10 }}>
          <Words comment={other} />
        </div>
      ))}
      {canEdit && (
        <div className={classes.row}>
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => setAnswering(!answering)}
            aria-expanded={answering}
          >
            {t("editor.reply")}
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            loading={settle.isPending}
            onClick={() => settle.mutate()}
          >
            {t(comment.resolved_at ? "editor.reopen" : "editor.resolve")}
          </Button>
        </div>
      )}
      {answering && (
        <Write
          label={t("editor.reply")}
          button={t("editor.reply")}
          busy={reply.isPending}
          fault={inWords(reply.error)}
          onSay={(text, clear) =>
            reply.mutate(text, {
              onSuccess: () => {
                clear();
                setAnswering(false);
              },
            })
          }
        />
      )}
    </li>
  );
}

/** What is said about the chosen cell, and about the rest of the map. */
export default function CommentsPanel() {
  const { id, store, canEdit } = useEditor();
  const { t } = useWords();
  const inWords = useSaidShort();
  const client = useQueryClient();
  const place = usePlace();
  const wordsOf = usePlaceWords();
  const [withDone, setWithDone] = useState(false);
  const threads = useQuery({
    queryKey: ["comments", id],
    queryFn: () => askComments(id),
    refetchInterval: 15_000,
  });
  const add = useMutation({
    mutationFn: async (text: string) => {
      // The place must be known to the service before anything is said of it.
      await store.flush();
      return say(id, { on: place.on, lane: place.lane, text });
    },
    onSuccess: () => void client.invalidateQueries({ queryKey: ["comments", id] }),
  });
  const all = (threads.data ?? []).filter((thread) => withDone || thread.comment.resolved_at === null);
  const here = all.filter((thread) => isAt(thread.comment, place));
  const rest = all.filter((thread) => !here.includes(thread)).reverse();
  return (
    <Panel title={t("editor.comments")}>
      <h3 style={{ margin: 0, fontSize: 13 }} dir="auto">
        {wordsOf(placedOf(place))}
      </h3>
      {canEdit && (
        <Write
          label={t("editor.comment")}
          button={t("editor.say")}
          busy={add.isPending}
          fault={inWords(add.error)}
          onSay={(text, clear) => add.mutate(text, { onSuccess: clear })}
        />
      )}
      {threads.isPending && <p className={classes.quiet}>{t("editor.loading")}</p>}
      {threads.error && <p role="alert">{inWords(threads.error)}</p>}
      <ul style={{ listStyle: "none", margin: 0, padding: 0, display: "grid", gap: 8 }}>
        {here.map((thread) => (
          <One key={thread.comment.id} thread={thread} chosen />
        ))}
      </ul>
      <div className={classes.row} style={{ justifyContent: "space-between" }}>
        <h3 style={{ margin: 0, fontSize: 13 }}>{t("editor.elsewhere")}</h3>
        <Checkbox
          size="xs"
          label={t("editor.with_resolved")}
          checked={withDone}
          onChange={() => setWithDone(!withDone)}
        />
      </div>
      {threads.data && !rest.length && <p className={classes.quiet}>{t("editor.no_comments")}</p>}
      <ul style={{ listStyle: "none", margin: 0, padding: 0, display: "grid", gap: 8 }}>
        {rest.map((thread) => (
          <One key={thread.comment.id} thread={thread} chosen={false} />
        ))}
      </ul>
    </Panel>
  );
}
