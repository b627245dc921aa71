import { Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useSaidShort } from "../../data/said";
import { useWords } from "../../i18n";
import { askMaps, makeNew } from "../api";
import { useActionsOf, useEditor } from "../context";
import { useLimit } from "../limit";
import { Dialog } from "./Dialog";

/** A touchpoint gets a map of its own: a new one, or one that is there. */
export function InsideDialog({ touchpoint }: { touchpoint: string }) {
  const { id, ui, store } = useEditor();
  const { t } = useWords();
  const limit = useLimit();
  const say = useSaidShort();
  const actions = useActionsOf();
  const navigate = useNavigate();
  const maps = useQuery({ queryKey: ["maps"], queryFn: askMaps });
  const [name, setName] = useState(touchpoint);
  const [chosen, setChosen] = useState<string | null>(null);
  const close = () => ui.setState({ dialog: null });
  const open = async (to: string) => {
    actions.put({ touchpoint }, ["opens"], to, t("editor.inside_made"));
    await store.flush();
    close();
    void navigate(`/maps/${encodeURIComponent(to)}/edit`);
  };
  const make = useMutation({
    mutationFn: () => makeNew({ name: name.trim() || touchpoint }),
    onSuccess: (head) => open(head.id),
  });
  const others = (maps.data ?? []).filter((head) => head.id !== id && !head.archived_at);
  return (
    <Dialog opened onClose={close} title={<bdi>{t("editor.inside_title", { name: touchpoint })}</bdi>}>
      <Stack>
        <TextInput
          label={t("editor.inside_new")}
          dir="auto"
          maxLength={500}
          inputWrapperOrder={["label", "input", "description", "error"]}
          description={limit(name, 500)}
          value={name}
          error={say(make.error)}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button loading={make.isPending} onClick={() => make.mutate()}>
          {t("editor.inside_create")}
        </Button>
        {others.length > 0 && (
          <>
            <Select
              label={t("editor.inside_existing")}
              searchable
              data={others.map((head) => ({ value: head.id, label: head.name || head.id }))}
              value={chosen}
              onChange={setChosen}
            />
            <Group justify="flex-end">
              <Button variant="default" disabled={!chosen} onClick={() => chosen && void open(chosen)}>
                {t("editor.inside_tie")}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Dialog>
  );
}
