import { Button, Group, Radio, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useSaidShort } from "../../data/said";
import { useWords } from "../../i18n";
import { makeNew, type Terms } from "../api";
import { Dialog } from "../dialogs/Dialog";
import { useLimit } from "../limit";
import classes from "./maps.module.css";

/** A new map: its name and its kind. */
export function NewMapDialog({ kinds, onClose }: { kinds: Terms["kinds"]; onClose: () => void }) {
  const { t, language } = useWords();
  const limit = useLimit();
  const say = useSaidShort();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [kind, setKind] = useState(kinds[0]?.key ?? "journey");
  const make = useMutation({
    mutationFn: () => makeNew({ name: name.trim(), kind }),
    onSuccess: (head) => {
      void client.invalidateQueries({ queryKey: ["maps"] });
      void navigate(`/maps/${encodeURIComponent(head.id)}/edit`);
    },
  });
  return (
    <Dialog opened onClose={onClose} title={t("editor.new_map")} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) make.mutate();
        }}
      >
        <Stack>
          <TextInput
            data-autofocus=""
            label={t("editor.map_name")}
            placeholder={t("editor.map_example")}
            dir="auto"
            maxLength={500}
            inputWrapperOrder={["label", "input", "description", "error"]}
            description={limit(name, 500)}
            error={say(make.error)}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Radio.Group label={t("editor.kind")} value={kind} onChange={setKind}>
            <div className={classes.kinds}>
              {kinds.map((known) => (
                <Radio
                  key={known.key}
                  value={known.key}
                  label={known.title[language]}
                  description={known.hint[language]}
                />
              ))}
            </div>
          </Radio.Group>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("editor.cancel")}
            </Button>
            <Button type="submit" disabled={!name.trim()} loading={make.isPending}>
              {t("editor.create")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
