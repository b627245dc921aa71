import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../../i18n";
import { useActionsOf, useEditor } from "../context";
import { useLimit } from "../limit";
import { cleanName, touchpointsOf } from "../model/document";
import { type Row, rowId } from "../model/lanes";
import type { Change, Fields, MapDocument, Target } from "../model/types";
import { listOf } from "../model/values";

/** Names that a lane of the author's own cannot have: they mean something else in the document. */
const TAKEN = new Set(["stage", "touchpoint", "touchpoints", "evidence", "when", "actor", "opens"]);

/** Moves all that is written under one key to another, in stages and touchpoints. */
export function renameLane(document: MapDocument, from: string, to: string): Change[] {
  const change = (on: Target, fields: Fields): Change[] =>
    fields[from] === undefined
      ? []
      : [
          { op: "set", on, path: [to], value: fields[from], was: fields[to] ?? null },
          { op: "set", on, path: [from], value: null, was: fields[from] },
        ];
  const lists = (["lanes", "hidden_lanes"] as const).flatMap((key): Change[] => {
    const names = listOf(document[key]);
    if (!names.includes(from)) return [];
    const value = names.map((name) => (name === from ? to : name));
    return [{ op: "set", on: { map: true }, path: [key], value, was: document[key] ?? null }];
  });
  return [
    ...lists,
    ...document.stages.flatMap((stage) => [
      ...change({ stage: stage.stage }, stage),
      ...touchpointsOf(stage).flatMap((it) => change({ touchpoint: it.touchpoint }, it)),
    ]),
  ];
}

/** The name of a lane of the author's own being written. */
export function LaneNameField({ row }: { row: Row }) {
  const { store, ui, lanes } = useEditor();
  const { t } = useWords();
  const limit = useLimit();
  const actions = useActionsOf();
  const [typed, setTyped] = useState(row.key);
  const [fault, setFault] = useState("");
  const close = () => ui.setState({ editing: null });
  const keep = () => {
    const name = cleanName(typed);
    if (!name || name === row.key) return close();
    if (TAKEN.has(name) || lanes.some((lane) => lane.key === name))
      return setFault(t("editor.conflict.taken"));
    actions.run(t("editor.renamed", { name }), renameLane(store.getState().document, row.key, name));
    const id = rowId(row.level, name);
    ui.setState((now) => ({
      editing: null,
      extra: new Set([...[...now.extra].filter((it) => it !== row.id), id]),
      active: { row: id, column: now.active.column },
    }));
  };
  return (
    <TextInput
      size="xs"
      autoFocus
      aria-label={t("editor.lane_name")}
      error={fault}
      dir="auto"
      maxLength={120}
      inputWrapperOrder={["label", "input", "description", "error"]}
      description={limit(typed, 120)}
      value={typed}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") keep();
        else if (event.key === "Escape") close();
      }}
    />
  );
}
