import { ActionIcon, Button, Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../../i18n";
import { ChevronIcon } from "../../ui/icons";
import { useActionsOf, useEditor, useLaneTitle, useMap, useRows } from "../context";
import classes from "../editor.module.css";
import { useLimit } from "../limit";
import { cleanName } from "../model/document";
import { naturalLevel, orderOf, RULE_ROW, rowId } from "../model/lanes";
import { listOf } from "../model/values";
import { Dialog } from "./Dialog";

/** Which lanes the map shows and in which order; lanes of one's own. */
export function LanesDialog() {
  const { ui, lanes } = useEditor();
  const { t, language } = useWords();
  const limit = useLimit();
  const titleOf = useLaneTitle();
  const actions = useActionsOf();
  const rows = useRows();
  const document = useMap((state) => state.document);
  const [name, setName] = useState("");
  const hidden = listOf(document.hidden_lanes);
  const shown = orderOf(rows);
  const rest = lanes.filter((lane) => !shown.includes(lane.key)).map((lane) => lane.key);
  const lost = hidden.filter((key) => key !== RULE_ROW.key && !rest.includes(key));

  const show = (key: string) => {
    const lane = lanes.find((known) => known.key === key);
    const id = rowId(lane ? naturalLevel(lane) : "touchpoint", key);
    ui.setState((now) => ({ extra: new Set([...now.extra, id]) }));
    const without = hidden.filter((other) => other !== key);
    if (without.length < hidden.length)
      actions.put({ map: true }, ["hidden_lanes"], without.length ? without : null);
    if (key !== RULE_ROW.key && !shown.includes(key))
      actions.put({ map: true }, ["lanes"], [...shown, key], t("editor.shown", { lane: titleOf(key) }));
  };
  const hide = (key: string) => {
    ui.setState((now) => ({ extra: new Set([...now.extra].filter((id) => !id.endsWith(`:${key}`))) }));
    actions.put(
      { map: true },
      ["hidden_lanes"],
      [...hidden, key],
      t("editor.hidden", { lane: titleOf(key) }),
    );
  };
  const move = (key: string, by: number) => {
    const keys = [...shown];
    const at = keys.indexOf(key);
    if (at + by < 0 || at + by >= keys.length) return;
    keys.splice(at + by, 0, ...keys.splice(at, 1));
    actions.arrange(keys, t("editor.moved", { name: titleOf(key) }));
  };
  const add = () => {
    const key = cleanName(name).slice(0, 120);
    if (!key) return;
    show(key);
    setName("");
  };
  const isRuleShown = !hidden.includes(RULE_ROW.key);
  return (
    <Dialog opened onClose={() => ui.setState({ dialog: null })} title={t("editor.lanes")} size="lg">
      <div style={{ display: "grid", gap: 4 }}>
        <Checkbox
          label={t("editor.rule_lane")}
          checked={isRuleShown}
          onChange={() => (isRuleShown ? hide(RULE_ROW.key) : show(RULE_ROW.key))}
        />
        {shown.map((key, i) => (
          <div key={key} className={classes.row} style={{ flexWrap: "nowrap" }}>
            <Checkbox
              style={{ flex: 1, minWidth: 0 }}
              label={titleOf(key)}
              description={lanes.find((lane) => lane.key === key)?.hint[language] ?? t("editor.free_lane")}
              checked
              onChange={() => hide(key)}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              disabled={i === 0}
              aria-label={t("editor.lane_up", { lane: titleOf(key) })}
              onClick={() => move(key, -1)}
            >
              <span style={{ rotate: "180deg", display: "flex" }}>
                <ChevronIcon open />
              </span>
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              disabled={i === shown.length - 1}
              aria-label={t("editor.lane_down", { lane: titleOf(key) })}
              onClick={() => move(key, 1)}
            >
              <ChevronIcon open />
            </ActionIcon>
          </div>
        ))}
        <h3 style={{ margin: "14px 0 4px", fontSize: 13 }}>{t("editor.more_lanes")}</h3>
        {[...rest, ...lost].map((key) => (
          <Checkbox
            key={key}
            label={titleOf(key)}
            description={lanes.find((lane) => lane.key === key)?.hint[language] ?? t("editor.free_lane")}
            checked={false}
            onChange={() => show(key)}
          />
        ))}
        <div className={classes.row} style={{ marginTop: 14, alignItems: "flex-end" }}>
          <TextInput
            style={{ flex: 1 }}
            label={t("editor.own_lane")}
            dir="auto"
            maxLength={120}
            inputWrapperOrder={["label", "input", "description", "error"]}
            description={limit(name, 120)}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => event.key === "Enter" && add()}
          />
          <Button onClick={add} disabled={!name.trim()}>
            {t("editor.add")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
