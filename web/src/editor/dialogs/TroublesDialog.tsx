import { Button } from "@mantine/core";
import { ServiceError } from "../../data/errors";
import { useSaidShort } from "../../data/said";
import { useWords } from "../../i18n";
import { cardsOf, isCards } from "../cells/contents";
import { useActionsOf, useEditor, useLaneTitle, useMap } from "../context";
import classes from "../editor.module.css";
import { added } from "../grid/clipboard";
import { freeName, stageNames, touchpointNames } from "../model/document";
import { isStage, isTouchpoint, type Plain, type Target } from "../model/types";
import { textOf } from "../model/values";
import type { Trouble } from "../store/mapStore";
import { Dialog } from "./Dialog";

const nameOf = (on: Target): string => (isStage(on) ? on.stage : isTouchpoint(on) ? on.touchpoint : "");

function Side({ title, value }: { title: string; value: Plain }) {
  const { t } = useWords();
  return (
    <div className={classes.box}>
      <div className={classes.boxHead}>
        <b>{title}</b>
      </div>
      <p className={classes.words} dir="auto">
        {value === null ? t("editor.nothing") : textOf(value)}
      </p>
    </div>
  );
}

function One({ trouble }: { trouble: Trouble }) {
  const { store, lanes } = useEditor();
  const { t } = useWords();
  const say = useSaidShort();
  const titleOf = useLaneTitle();
  const actions = useActionsOf();
  const { change } = trouble;
  const what = change.op === "set" ? titleOf(change.path[0] ?? "") : t(`editor.op.${change.op}`);
  const content =
    change.op === "set" ? (lanes.find((lane) => lane.key === change.path[0])?.content ?? "list") : "";
  const mine: Plain = change.op === "set" ? change.value : change.op === "rename" ? change.to : null;
  const both =
    trouble.reason === "changed" &&
    isCards(content) &&
    cardsOf(mine).length > 0 &&
    cardsOf(trouble.current).length > 0;
  const renameFree = () => {
    if (change.op !== "rename" || "map" in change.on) return;
    const { document } = store.getState();
    const taken = isStage(change.on) ? stageNames(document) : touchpointNames(document);
    store.settle(trouble, "theirs");
    actions.rename(change.on, freeName(change.to, taken));
  };
  return (
    <section aria-label={`${nameOf(change.on)}: ${what}`} style={{ display: "grid", gap: 8 }}>
      <h3 style={{ margin: 0, fontSize: 14 }}>
        <bdi>{nameOf(change.on)}</bdi> · {what}
      </h3>
      <p className={classes.quiet}>
        {(trouble.message && say(new ServiceError("map", trouble.message))) ||
          t(`editor.trouble.${trouble.reason}`)}
      </p>
      <div className={classes.columns}>
        <Side title={t("editor.mine")} value={mine} />
        {trouble.reason !== "gone" && <Side title={t("editor.theirs")} value={trouble.current} />}
      </div>
      <div className={classes.row}>
        {trouble.reason === "changed" && (
          <Button size="xs" onClick={() => store.settle(trouble, "mine")}>
            {t("editor.take_mine")}
          </Button>
        )}
        {trouble.reason === "refused" && (
          <Button size="xs" onClick={() => store.settle(trouble, "mine")}>
            {t("editor.try_again")}
          </Button>
        )}
        {both && (
          <Button
            size="xs"
            variant="light"
            onClick={() => store.settle(trouble, added(content, trouble.current, mine) as Plain[])}
          >
            {t("editor.take_both")}
          </Button>
        )}
        {trouble.reason === "taken" && change.op === "rename" && (
          <Button size="xs" onClick={renameFree}>
            {t("editor.take_free_name")}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={() => store.settle(trouble, "theirs")}>
          {t(trouble.reason === "changed" ? "editor.take_theirs" : "editor.drop")}
        </Button>
      </div>
    </section>
  );
}

/** Where two have written into one cell: what each wrote, and a choice. */
export function TroublesDialog() {
  const { ui } = useEditor();
  const { t } = useWords();
  const troubles = useMap((state) => state.troubles);
  return (
    <Dialog
      opened={troubles.length > 0}
      onClose={() => ui.setState({ dialog: null })}
      title={t("editor.troubles_title")}
      size="lg"
    >
      <div style={{ display: "grid", gap: 24 }}>
        {troubles.map((trouble) => (
          <One key={trouble.id} trouble={trouble} />
        ))}
      </div>
    </Dialog>
  );
}
