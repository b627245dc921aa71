import { ActionIcon, Button, Menu, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../../i18n";
import { ChevronIcon } from "../../ui/icons";
import { CommentMark } from "../CellMarks";
import { Show } from "../cells/Show";
import {
  targetOf,
  useActionsOf,
  useEditor,
  useLaneTitle,
  useLayout,
  useRows,
  useUi,
  useValue,
} from "../context";
import classes from "../editor.module.css";
import { NameField } from "../grid/Heads";
import { DotsIcon, LinkIcon } from "../icons";
import { useThreads } from "../marks";
import { RULE_ROW } from "../model/lanes";
import type { Target } from "../model/types";
import { TOUCHPOINTS } from "../store/uiStore";
import { InPlace } from "./InPlace";

function Bound({ name }: { name: string }) {
  const { ui, canEdit } = useEditor();
  const { t } = useWords();
  const value = useValue({ touchpoint: name }, "when");
  return (
    <>
      <Show content="rule" value={value} lane="when" />
      {canEdit && (
        <Button
          size="compact-sm"
          variant="light"
          mt={6}
          leftSection={<LinkIcon />}
          onClick={() => ui.setState({ dialog: { kind: "bind", touchpoint: name } })}
        >
          {t("editor.bind")}
        </Button>
      )}
    </>
  );
}

/** How many talk about a field, and the way to what they say. */
function Talk({ on, lane, row, column }: { on: Target; lane: string; row: string; column: number }) {
  const threads = useThreads(on, lane);
  return <CommentMark threads={threads} spot={{ row, column }} tabIndex={0} inline />;
}

/** On a phone: one touchpoint at a time, all its fields one under another. */
export default function PhoneEditor() {
  const { ui, canEdit } = useEditor();
  const { t } = useWords();
  const titleOf = useLaneTitle();
  const actions = useActionsOf();
  const layout = useLayout();
  const rows = useRows();
  const active = useUi((state) => Math.max(0, state.active.column));
  const [renaming, setRenaming] = useState<"stage" | "touchpoint" | null>(null);
  const at = Math.min(active, layout.columns.length - 1);
  const column = layout.columns[at];
  const go = (to: number) => ui.setState({ active: { row: TOUCHPOINTS, column: to } });
  if (!column)
    return (
      <div className={classes.phone}>
        <p className={classes.quiet}>{t("editor.no_stages")}</p>
        {canEdit && <Button onClick={() => actions.addStage(null)}>{t("editor.add_stage")}</Button>}
      </div>
    );
  const { touchpoint, stage } = column;
  const stageRows = rows.filter((row) => row.level === "stage");
  const touchpointRows = rows.filter((row) => row.level === "touchpoint");
  return (
    <div className={classes.phone}>
      <div className={classes.phoneNav}>
        <ActionIcon
          size="lg"
          variant="default"
          disabled={at === 0}
          aria-label={t("editor.previous")}
          onClick={() => go(at - 1)}
        >
          <span style={{ rotate: "90deg", display: "flex" }}>
            <ChevronIcon open />
          </span>
        </ActionIcon>
        <NativeSelect
          style={{ flex: 1, minWidth: 0 }}
          aria-label={t("map.touchpoint")}
          value={`${at}`}
          onChange={(event) => go(Number(event.currentTarget.value))}
          data={layout.stages.map((it) => ({
            group: it.name,
            items: layout.columns
              .filter((other) => other.stage === it.name)
              .map((other) => ({
                value: `${other.index}`,
                label: other.touchpoint ?? t("editor.no_touchpoints"),
              })),
          }))}
        />
        <ActionIcon
          size="lg"
          variant="default"
          disabled={at === layout.columns.length - 1}
          aria-label={t("editor.next")}
          onClick={() => go(at + 1)}
        >
          <span style={{ rotate: "-90deg", display: "flex" }}>
            <ChevronIcon open />
          </span>
        </ActionIcon>
        {canEdit && (
          <Menu withinPortal={false} withInitialFocusPlaceholder={false} position="bottom-end">
            <Menu.Target>
              <ActionIcon size="lg" variant="subtle" color="gray" aria-label={t("editor.more_deeds")}>
                <DotsIcon />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {touchpoint !== null && (
                <>
                  <Menu.Item onClick={() => setRenaming("touchpoint")}>
                    {t("editor.rename_touchpoint")}
                  </Menu.Item>
                  <Menu.Item onClick={() => actions.step({ touchpoint }, -1)}>
                    {t("editor.move_left")}
                  </Menu.Item>
                  <Menu.Item onClick={() => actions.step({ touchpoint }, 1)}>
                    {t("editor.move_right")}
                  </Menu.Item>
                  <Menu.Item onClick={() => actions.duplicate({ touchpoint })}>
                    {t("editor.duplicate")}
                  </Menu.Item>
                </>
              )}
              <Menu.Item onClick={() => actions.addTouchpoint(stage, touchpoint)}>
                {t("editor.add_touchpoint_after")}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item onClick={() => setRenaming("stage")}>{t("editor.rename_stage")}</Menu.Item>
              <Menu.Item onClick={() => actions.addStage(stage)}>{t("editor.add_stage_after")}</Menu.Item>
              <Menu.Divider />
              {touchpoint !== null && (
                <Menu.Item color="var(--bad-ink)" onClick={() => actions.remove({ touchpoint })}>
                  {t("editor.remove_touchpoint")}
                </Menu.Item>
              )}
              <Menu.Item color="var(--bad-ink)" onClick={() => actions.remove({ stage })}>
                {t("editor.remove_stage")}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {renaming === "stage" ? (
        <NameField
          on={{ stage }}
          label={t("editor.stage_name")}
          onRename={(to) => actions.rename({ stage }, to)}
          onClose={() => setRenaming(null)}
        />
      ) : (
        <p className={classes.quiet} dir="auto">
          {stage}
        </p>
      )}
      {touchpoint === null ? (
        <>
          <h2 style={{ margin: "4px 0 12px", fontSize: 18 }}>{t("editor.no_touchpoints")}</h2>
          {canEdit && (
            <Button onClick={() => actions.addTouchpoint(stage, null)}>{t("editor.add_touchpoint")}</Button>
          )}
        </>
      ) : renaming === "touchpoint" ? (
        <NameField
          on={{ touchpoint }}
          label={t("editor.touchpoint_name")}
          onRename={(to) => actions.rename({ touchpoint }, to)}
          onClose={() => setRenaming(null)}
        />
      ) : (
        <div className={classes.fieldHead}>
          <h2 style={{ margin: "2px 0 12px", fontSize: 18, overflowWrap: "anywhere" }} dir="auto">
            {touchpoint}
          </h2>
          <Talk on={{ touchpoint }} lane="" row={TOUCHPOINTS} column={at} />
        </div>
      )}
      {touchpoint !== null &&
        touchpointRows.map((row) => (
          <section
            key={`${touchpoint}/${row.id}`}
            className={classes.field}
            aria-label={row === RULE_ROW ? t("editor.rule_lane") : titleOf(row.key)}
          >
            <div className={classes.fieldHead}>
              <h3>{row === RULE_ROW ? t("editor.rule_lane") : titleOf(row.key)}</h3>
              <Talk on={{ touchpoint }} lane={row.key} row={row.id} column={at} />
            </div>
            {row === RULE_ROW ? (
              <Bound name={touchpoint} />
            ) : (
              <InPlace
                on={{ touchpoint }}
                lane={row.key}
                content={row.content}
                label={`${touchpoint}: ${titleOf(row.key)}`}
              />
            )}
          </section>
        ))}
      {stageRows.length > 0 && <h2 style={{ fontSize: 15 }}>{t("editor.of_stage", { name: stage })}</h2>}
      {stageRows.map((row) => {
        const on = targetOf(row, column);
        return (
          on && (
            <section key={`${stage}/${row.id}`} className={classes.field} aria-label={titleOf(row.key)}>
              <div className={classes.fieldHead}>
                <h3>{titleOf(row.key)}</h3>
                <Talk on={on} lane={row.key} row={row.id} column={at} />
              </div>
              <InPlace on={on} lane={row.key} content={row.content} label={`${stage}: ${titleOf(row.key)}`} />
            </section>
          )
        );
      })}
    </div>
  );
}
