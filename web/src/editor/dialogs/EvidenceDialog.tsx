import { Button, Group, NumberInput, Radio, Stack, Textarea, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useWords } from "../../i18n";
import { SourceIcon } from "../../map/EvidenceTag";
import { SOURCES, type Source } from "../../map/evidence";
import { evidenceAt } from "../cells/evidence";
import { useActionsOf, useEditor } from "../context";
import { lookUp } from "../model/indexed";
import type { Plain, Target } from "../model/types";
import { Dialog } from "./Dialog";

interface Props {
  on: Target;
  lane: string;
  title: string;
}

/** On what a cell stands: seen in the data, asked in a survey, told in interviews, or only believed. */
export function EvidenceDialog({ on, lane, title }: Props) {
  const { id, store, ui } = useEditor();
  const client = useQueryClient();
  const { t } = useWords();
  const actions = useActionsOf();
  const now = evidenceAt(lookUp(store.getState().document, on)?.evidence ?? null, lane);
  const [source, setSource] = useState<Source>(now.source);
  const [n, setN] = useState<number | string>(now.n ?? "");
  const [date, setDate] = useState(now.date ?? "");
  const [note, setNote] = useState(now.note ?? "");
  const close = () => ui.setState({ dialog: null });
  const keep = () => {
    const value: { [key: string]: Plain } = { source };
    if (typeof n === "number") value.n = n;
    if (date) value.date = date;
    if (note.trim()) value.note = note.trim();
    const bare = source === "assumed" && Object.keys(value).length === 1;
    actions.put(on, ["evidence", lane], bare ? null : value, t("editor.evidence_kept", { lane: title }));
    // Where the author takes back their word, notes that are tied speak for the cell again.
    void store.flush().then(() => client.invalidateQueries({ queryKey: ["evidence", id] }));
    close();
  };
  return (
    <Dialog opened onClose={close} title={t("editor.evidence_of", { lane: title })}>
      <Stack>
        <Radio.Group
          label={t("editor.evidence_source")}
          value={source}
          onChange={(value) => setSource(value as Source)}
        >
          <Stack gap={8} mt={8}>
            {SOURCES.map((known) => (
              <Radio
                key={known}
                value={known}
                label={
                  <span style={{ display: "inline-flex", gap: 6, alignItems: "center" }}>
                    <SourceIcon source={known} /> {t(`editor.source.${known}`)}
                  </span>
                }
              />
            ))}
          </Stack>
        </Radio.Group>
        <Group grow>
          <NumberInput
            label={t("editor.evidence_n")}
            min={0}
            allowDecimal={false}
            value={n}
            onChange={setN}
          />
          <TextInput
            type="date"
            label={t("editor.evidence_date")}
            value={date}
            onChange={(event) => setDate(event.currentTarget.value)}
          />
        </Group>
        <Textarea
          autosize
          minRows={2}
          label={t("editor.evidence_note")}
          dir="auto"
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t("editor.cancel")}
          </Button>
          <Button onClick={keep}>{t("editor.save")}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
