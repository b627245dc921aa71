import {
  ActionIcon,
  Button,
  Indicator,
  SegmentedControl,
  TextInput,
  Tooltip,
  UnstyledButton,
} from "@mantine/core";
import { type ReactNode, useState } from "react";
import { count } from "../draw";
import { useWords } from "../i18n";
import tools from "../map/tools.module.css";
import { useActionsOf, useEditor, useLayout, useMap, useRows, useUi } from "./context";
import classes from "./editor.module.css";
import { findNext } from "./find";
import { BookIcon, BubbleIcon, ClockIcon, RedoIcon, UndoIcon } from "./icons";
import type { Panel } from "./store/uiStore";

function Tool({
  label,
  keys,
  children,
  ...props
}: {
  label: string;
  keys?: string;
  children: ReactNode;
  onClick: () => void;
  disabled?: boolean;
  pressed?: boolean;
}) {
  const { pressed, ...rest } = props;
  return (
    <Tooltip label={keys ? `${label} · ${keys}` : label} openDelay={400}>
      <ActionIcon
        {...rest}
        variant={pressed ? "light" : "subtle"}
        color={pressed ? undefined : "gray"}
        size="lg"
        aria-label={label}
        aria-pressed={pressed}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

/** Whether all that was typed has reached the service. */
export function SyncState() {
  const { t, language } = useWords();
  const { store } = useEditor();
  const sync = useMap((state) => state.sync);
  const waiting = useMap((state) => state.waiting.length);
  return (
    <>
      <span className={classes.sync} data-sync={sync} role="status">
        <span className={classes.syncDot} aria-hidden="true" />
        {sync === "offline"
          ? t("editor.sync_offline", { count: waiting, shown: count(waiting, language) })
          : t(`editor.sync.${sync}`)}
      </span>
      {sync === "offline" && (
        <Button size="compact-xs" variant="subtle" onClick={() => void store.flush()}>
          {t("editor.try_now")}
        </Button>
      )}
    </>
  );
}

/** Somebody else has written in the same place, as after a lost network: nothing is lost, and somebody must choose. */
export function TroubleBar() {
  const { t, language } = useWords();
  const { ui } = useEditor();
  const troubles = useMap((state) => state.troubles.length);
  if (!troubles) return null;
  return (
    <div className={classes.troubleBar} role="alert">
      <span>
        <b>{t("editor.troubles", { count: troubles, shown: count(troubles, language) })}</b>{" "}
        {t("editor.troubles_about")}
      </span>
      <Button
        size="compact-sm"
        color="var(--bad-ink)"
        onClick={() => ui.setState({ dialog: { kind: "troubles" } })}
        data-troubles=""
      >
        {t("editor.troubles_look")}
      </Button>
    </div>
  );
}

function Find() {
  const { t } = useWords();
  const { store, ui } = useEditor();
  const layout = useLayout();
  const rows = useRows();
  const actions = useActionsOf();
  const [wanted, setWanted] = useState("");
  return (
    <TextInput
      size="xs"
      w={170}
      data-find=""
      placeholder={t("editor.find")}
      aria-label={t("editor.find")}
      value={wanted}
      onChange={(event) => setWanted(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape") event.currentTarget.blur();
        if (event.key !== "Enter") return;
        const spot = findNext(wanted, store.getState().document, layout, rows, ui.getState().active);
        if (spot) ui.setState({ active: spot });
        actions.say(spot ? "" : t("editor.not_found"));
      }}
    />
  );
}

export type View = "grid" | "matrix" | "questions";

interface ToolbarProps {
  view: View;
  onView: (view: View) => void;
  narrow: boolean;
}

/** Undo and redo, the views, the panels, and whether everything is saved. */
export function Toolbar({ view, onView, narrow }: ToolbarProps) {
  const { t, language } = useWords();
  const { ui, canEdit } = useEditor();
  const actions = useActionsOf();
  const canUndo = useMap((state) => state.undo.length > 0);
  const canRedo = useMap((state) => state.redo.length > 0);
  const panel = useUi((state) => state.panel);
  const threads = useUi((state) => state.marks.open);
  const toggle = (wanted: Panel) => ui.setState({ panel: panel === wanted ? null : wanted });
  return (
    <div className={classes.toolbar}>
      <div className={classes.tools}>
        {canEdit && (
          <>
            <Tool label={t("editor.undo")} keys="Ctrl Z" disabled={!canUndo} onClick={actions.undo}>
              <UndoIcon />
            </Tool>
            <Tool label={t("editor.redo")} keys="Ctrl Y" disabled={!canRedo} onClick={actions.redo}>
              <RedoIcon />
            </Tool>
          </>
        )}
        <SyncState />
      </div>
      <SegmentedControl
        size="xs"
        aria-label={t("editor.views")}
        value={view}
        onChange={(value) => onView(value as View)}
        data={(["grid", "matrix", "questions"] as const).map((value) => ({
          value,
          label: t(`editor.view.${value}`),
        }))}
      />
      <div className={classes.tools}>
        {!narrow && view === "grid" && <Find />}
        <Tool
          label={
            threads
              ? `${t("editor.comments")}: ${t("editor.open_threads", { count: threads, shown: count(threads, language) })}`
              : t("editor.comments")
          }
          pressed={panel === "comments"}
          onClick={() => toggle("comments")}
        >
          <Indicator
            disabled={!threads}
            label={count(threads, language)}
            size={14}
            offset={-2}
            color="var(--accent)"
            styles={{
              indicator: { fontSize: 10, fontWeight: 650, color: "var(--surface)", padding: "0 3px" },
            }}
          >
            <BubbleIcon />
          </Indicator>
        </Tool>
        <Tool label={t("editor.research")} pressed={panel === "research"} onClick={() => toggle("research")}>
          <BookIcon />
        </Tool>
        <Tool label={t("editor.versions")} pressed={panel === "versions"} onClick={() => toggle("versions")}>
          <ClockIcon />
        </Tool>
        {canEdit && (
          <>
            <Button
              size="xs"
              variant="default"
              className={tools.tool ?? ""}
              onClick={() => ui.setState({ dialog: { kind: "lanes" } })}
            >
              {t("editor.lanes")}
            </Button>
            <Button
              size="xs"
              variant="default"
              className={tools.tool ?? ""}
              onClick={() => ui.setState({ dialog: { kind: "map" } })}
            >
              {t("editor.settings")}
            </Button>
          </>
        )}
        {!narrow && (
          <Tool label={t("editor.keys")} keys="?" onClick={() => ui.setState({ dialog: { kind: "keys" } })}>
            <b aria-hidden="true">?</b>
          </Tool>
        )}
      </div>
    </div>
  );
}

/** What has just been done, with a way back; read aloud as well. */
export function Said() {
  const { t } = useWords();
  const said = useUi((state) => state.said);
  const offer = useUi((state) => state.offerUndo);
  const { ui } = useEditor();
  const actions = useActionsOf();
  return (
    <div className={classes.said} data-empty={!said || undefined}>
      <span role="status" aria-live="polite" dir="auto">
        {said}
      </span>
      {said && offer && (
        <UnstyledButton className={classes.saidUndo} onClick={actions.undo}>
          {t("editor.undo")}
        </UnstyledButton>
      )}
      {said && (
        <UnstyledButton
          className={classes.saidUndo}
          aria-label={t("editor.dismiss")}
          onClick={() => ui.setState({ said: "", offerUndo: false })}
        >
          ✕
        </UnstyledButton>
      )}
    </div>
  );
}
