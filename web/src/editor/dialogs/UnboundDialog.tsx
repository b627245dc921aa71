import { Button, Checkbox, Group, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSaidShort } from "../../data/said";
import { count } from "../../draw";
import { useWords } from "../../i18n";
import { occurrences } from "../api";
import { useActionsOf, useEditor, useLayout } from "../context";
import { Dialog } from "./Dialog";
import classes from "./dialogs.module.css";
import { groupSeen } from "./seen";

const SHOWN = 200;

/** Events that are in the data and not on the map, to be added as touchpoints of a stage. */
export function UnboundDialog() {
  const { id, ui, store } = useEditor();
  const { t, language } = useWords();
  const say = useSaidShort();
  const actions = useActionsOf();
  const { stages } = useLayout();
  const [picked, setPicked] = useState<string[]>([]);
  const [stage, setStage] = useState(stages[0]?.name ?? "");
  const seen = useQuery({
    queryKey: ["occurrences", id, "unbound"],
    // What has just been bound must be known before it is asked what is not.
    queryFn: () => store.flush().then(() => occurrences(id)),
    staleTime: 0,
  });
  const free = groupSeen(seen.data?.seen ?? []).filter((it) => it.bound.length === 0);
  const close = () => ui.setState({ dialog: null });
  const toggle = (name: string) =>
    setPicked((now) => (now.includes(name) ? now.filter((other) => other !== name) : [...now, name]));
  return (
    <Dialog opened onClose={close} size="lg" title={t("editor.unbound_title")}>
      <div className={classes.bind}>
        <section className={classes.list} aria-label={t("editor.unbound_title")}>
          {seen.isPending && <p>{t("editor.loading")}</p>}
          {seen.error && <p role="alert">{say(seen.error)}</p>}
          {seen.data && !free.length && <p>{t("editor.unbound_none")}</p>}
          {free.slice(0, SHOWN).map((it) => (
            <Checkbox
              key={it.value}
              className={classes.seen}
              checked={picked.includes(it.value)}
              onChange={() => toggle(it.value)}
              label={
                <span className={classes.seenLabel}>
                  <bdi>{it.value}</bdi>
                  <span className="number">{count(it.events, language)}</span>
                  <span className={classes.channels}>{it.channels.join(", ")}</span>
                </span>
              }
            />
          ))}
        </section>
        <NativeSelect
          label={t("editor.unbound_stage")}
          value={stage}
          onChange={(event) => setStage(event.currentTarget.value)}
          data={stages.map((it) => it.name)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t("editor.cancel")}
          </Button>
          <Button
            disabled={!picked.length || !stage}
            onClick={() => {
              actions.addTouchpoints(
                stage,
                picked.map((activity) => ({ touchpoint: activity, when: { activity: [activity] } })),
              );
              close();
            }}
          >
            {t("editor.unbound_add")}
          </Button>
        </Group>
      </div>
    </Dialog>
  );
}
