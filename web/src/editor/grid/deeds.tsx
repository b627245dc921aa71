import { Menu } from "@mantine/core";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { useWords } from "../../i18n";
import type { Actions } from "../actions";
import { useEditor, useLaneTitle } from "../context";
import { goalOf, stageNames } from "../model/document";
import { lookUp } from "../model/indexed";
import { type Layout, orderOf, type Row, RULE_ROW, rowId } from "../model/lanes";
import type { Named, Plain, Target } from "../model/types";
import { isYes, listOf } from "../model/values";
import { valueIn } from "./clipboard";
import type { useClipboard } from "./useClipboard";
import type { GridDeeds } from "./useKeys";

export function Deed({
  onClick,
  keys,
  children,
  color,
}: {
  onClick: () => void;
  keys?: string;
  children: ReactNode;
  color?: string;
}) {
  return (
    <Menu.Item onClick={onClick} color={color} rightSection={keys && <kbd>{keys}</kbd>}>
      {children}
    </Menu.Item>
  );
}

/** Copy, paste, comment: the same everywhere. */
export function Common({
  clipboard,
  deeds,
}: {
  clipboard: ReturnType<typeof useClipboard>;
  deeds: GridDeeds;
}) {
  const { t } = useWords();
  const { ui } = useEditor();
  return (
    <>
      <Deed onClick={clipboard.copyHere} keys="Ctrl C">
        {t("editor.copy")}
      </Deed>
      <Deed onClick={clipboard.pasteHere} keys="Ctrl V">
        {t("editor.paste")}
      </Deed>
      {deeds.what.kind !== "lane" && (
        <Deed onClick={deeds.repeat} keys="Ctrl D">
          {t(deeds.what.kind === "cell" ? "editor.repeat_right" : "editor.duplicate")}
        </Deed>
      )}
      <Menu.Divider />
      <Deed onClick={() => ui.setState({ panel: "comments" })}>{t("editor.comment")}</Deed>
      <Deed onClick={() => ui.setState({ panel: "research" })}>{t("editor.tie_research")}</Deed>
    </>
  );
}

export function StageDeeds({
  on,
  deeds,
  actions,
}: {
  on: { stage: string };
  deeds: GridDeeds;
  actions: Actions;
}) {
  const { t } = useWords();
  return (
    <>
      <Deed onClick={() => deeds.edit()} keys="Enter">
        {t("editor.rename")}
      </Deed>
      <Deed onClick={() => actions.addTouchpoint(on.stage, null)}>{t("editor.add_touchpoint")}</Deed>
      <Deed onClick={() => actions.addStage(on.stage)}>{t("editor.add_stage_after")}</Deed>
      <Deed onClick={() => deeds.shift(-1, "across")} keys="Alt ←">
        {t("editor.move_left")}
      </Deed>
      <Deed onClick={() => deeds.shift(1, "across")} keys="Alt →">
        {t("editor.move_right")}
      </Deed>
    </>
  );
}

function useOpenInside() {
  const { store, ui } = useEditor();
  const navigate = useNavigate();
  return (name: string) => {
    const opens = lookUp(store.getState().document, { touchpoint: name })?.opens;
    if (typeof opens === "string" && opens) void navigate(`/maps/${encodeURIComponent(opens)}/edit`);
    else ui.setState({ dialog: { kind: "inside", touchpoint: name } });
  };
}

export function TouchpointDeeds({
  name,
  deeds,
  actions,
  layout,
}: {
  name: string;
  deeds: GridDeeds;
  actions: Actions;
  layout: Layout;
}) {
  const { t } = useWords();
  const { store, ui } = useEditor();
  const openInside = useOpenInside();
  const { document } = store.getState();
  const on = { touchpoint: name };
  const fields = lookUp(document, on);
  const star = isYes(fields?.moment_of_truth);
  const goal = goalOf(document);
  const isGoal = goal.includes(name);
  const stage = layout.columns[deeds.at.column]?.stage ?? "";
  const set = (key: string, value: Plain, label: string) => actions.put(on, [key], value, label);
  return (
    <>
      <Deed onClick={() => deeds.edit()} keys="Enter">
        {t("editor.rename")}
      </Deed>
      <Deed onClick={() => ui.setState({ dialog: { kind: "bind", touchpoint: name } })}>
        {t("editor.bind")}
      </Deed>
      <Deed onClick={() => set("moment_of_truth", star ? null : true, t("map.moment_of_truth"))}>
        {t(star ? "editor.moment_off" : "editor.moment_on")}
      </Deed>
      <Deed
        onClick={() =>
          actions.put(
            { map: true },
            ["goal"],
            isGoal ? (goal.length > 1 ? goal.filter((it) => it !== name) : null) : [...goal, name],
            t("map.goal"),
          )
        }
      >
        {t(isGoal ? "editor.goal_off" : "editor.goal_on")}
      </Deed>
      <Deed onClick={() => openInside(name)}>
        {t(fields?.opens ? "editor.open_inside" : "editor.make_inside")}
      </Deed>
      <Menu.Sub>
        <Menu.Sub.Target>
          <Menu.Sub.Item>{t("editor.actor")}</Menu.Sub.Item>
        </Menu.Sub.Target>
        <Menu.Sub.Dropdown>
          {(["customer", "employee", "system"] as const).map((actor) => (
            <Deed
              key={actor}
              onClick={() => set("actor", actor, t("editor.actor"))}
              keys={fields?.actor === actor ? "✓" : ""}
            >
              {t(`editor.actor_is.${actor}`)}
            </Deed>
          ))}
        </Menu.Sub.Dropdown>
      </Menu.Sub>
      <Menu.Divider />
      <Deed onClick={() => actions.addTouchpoint(stage, name)}>{t("editor.add_touchpoint_after")}</Deed>
      <Deed onClick={() => deeds.shift(-1, "across")} keys="Alt ←">
        {t("editor.move_left")}
      </Deed>
      <Deed onClick={() => deeds.shift(1, "across")} keys="Alt →">
        {t("editor.move_right")}
      </Deed>
      <Menu.Sub>
        <Menu.Sub.Target>
          <Menu.Sub.Item>{t("editor.move_to_stage")}</Menu.Sub.Item>
        </Menu.Sub.Target>
        <Menu.Sub.Dropdown mah={320} style={{ overflowY: "auto" }}>
          {stageNames(document)
            .filter((other) => other !== stage)
            .map((other) => (
              <Deed key={other} onClick={() => actions.moveTo(on, "", other)}>
                {other}
              </Deed>
            ))}
        </Menu.Sub.Dropdown>
      </Menu.Sub>
    </>
  );
}

export function LaneDeeds({
  row,
  rows,
  deeds,
  actions,
}: {
  row: Row;
  rows: readonly Row[];
  deeds: GridDeeds;
  actions: Actions;
}) {
  const { t } = useWords();
  const { store, ui } = useEditor();
  const titleOf = useLaneTitle();
  const { document } = store.getState();
  const other = row.level === "stage" ? "touchpoint" : "stage";
  const canBoth =
    (!row.known || row.known.level === "both") && !rows.some((it) => it.id === rowId(other, row.key));
  const hide = () => {
    actions.put(
      { map: true },
      ["hidden_lanes"],
      [...listOf(document.hidden_lanes), row.key],
      t("editor.hidden", { lane: titleOf(row.key) }),
      true,
    );
    ui.setState((now) => ({ extra: new Set([...now.extra].filter((id) => !id.endsWith(`:${row.key}`))) }));
  };
  return (
    <>
      {!row.known && row !== RULE_ROW && (
        <Deed onClick={() => deeds.edit()} keys="Enter">
          {t("editor.rename")}
        </Deed>
      )}
      {row !== RULE_ROW && (
        <>
          <Deed onClick={() => deeds.shift(-1, "down")} keys="Alt ↑">
            {t("editor.move_up")}
          </Deed>
          <Deed onClick={() => deeds.shift(1, "down")} keys="Alt ↓">
            {t("editor.move_down")}
          </Deed>
        </>
      )}
      {canBoth && row !== RULE_ROW && (
        <Deed
          onClick={() => ui.setState((now) => ({ extra: new Set([...now.extra, rowId(other, row.key)]) }))}
        >
          {t(other === "stage" ? "editor.also_stages" : "editor.also_touchpoints")}
        </Deed>
      )}
      {row === RULE_ROW && (
        <Deed onClick={() => ui.setState({ dialog: { kind: "unbound" } })}>{t("editor.unbound")}</Deed>
      )}
      <Deed onClick={hide}>{t("editor.hide_lane")}</Deed>
      {row !== RULE_ROW && orderOf(rows).length > 0 && (
        <Deed
          color="var(--bad-ink)"
          onClick={() =>
            actions.run(
              t("editor.cleared", { lane: titleOf(row.key) }),
              [...new Set(document.stages)].flatMap((stage) =>
                (row.level === "stage"
                  ? [{ stage: stage.stage } as Target]
                  : (stage.touchpoints ?? []).map((it): Target => ({ touchpoint: it.touchpoint }))
                ).flatMap((on) => {
                  const was = valueIn(document, on, row.key);
                  return was === null ? [] : [{ op: "set" as const, on, path: [row.key], value: null, was }];
                }),
              ),
              true,
            )
          }
        >
          {t("editor.clear_lane")}
        </Deed>
      )}
    </>
  );
}

export function Remove({ on, actions }: { on: Named; actions: Actions }) {
  const { t } = useWords();
  return (
    <>
      <Menu.Divider />
      <Deed color="var(--bad-ink)" onClick={() => actions.remove(on)} keys="Del">
        {t("editor.remove")}
      </Deed>
    </>
  );
}
