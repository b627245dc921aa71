import { Menu } from "@mantine/core";
import { useWords } from "../../i18n";
import type { Actions } from "../actions";
import { useEditor, useLaneTitle, useUi } from "../context";
import { type Layout, type Row, RULE_ROW } from "../model/lanes";
import { Common, Deed, LaneDeeds, Remove, StageDeeds, TouchpointDeeds } from "./deeds";
import type { useClipboard } from "./useClipboard";
import { type DeedsAt, found } from "./useKeys";

interface GridMenuProps {
  deedsAt: DeedsAt;
  clipboard: ReturnType<typeof useClipboard>;
  actions: Actions;
  layout: Layout;
  rows: readonly Row[];
}

/** One menu for the whole grid, opened where one stands. */
export function GridMenu({ deedsAt, clipboard, actions, layout, rows }: GridMenuProps) {
  const { ui, canEdit } = useEditor();
  const { t } = useWords();
  const titleOf = useLaneTitle();
  const menu = useUi((state) => state.menu);
  const what = menu ? found(menu, layout, rows) : null;
  const deeds = menu ? deedsAt(menu) : null;
  return (
    <Menu
      key={menu ? `${menu.x}|${menu.y}|${menu.row}|${menu.column}` : "closed"}
      opened={menu !== null && what?.kind !== "nothing"}
      onChange={(opened) => !opened && ui.setState({ menu: null })}
      position="bottom-start"
      withinPortal={false}
      floatingStrategy="fixed"
      withInitialFocusPlaceholder={false}
      shadow="md"
      width={250}
      returnFocus
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <span
          aria-hidden="true"
          style={{
            position: "fixed",
            left: menu?.x ?? 0,
            top: menu?.y ?? 0,
            width: 1,
            height: 1,
            pointerEvents: "none",
          }}
        />
      </Menu.Target>
      <Menu.Dropdown mah="70vh" style={{ overflowY: "auto" }}>
        {what && deeds && what.kind !== "nothing" && !canEdit && (
          <>
            <Deed onClick={clipboard.copyHere} keys="Ctrl C">
              {t("editor.copy")}
            </Deed>
            <Deed onClick={() => ui.setState({ panel: "comments" })}>{t("editor.comment")}</Deed>
          </>
        )}
        {what && deeds && what.kind !== "nothing" && canEdit && (
          <>
            {what.kind === "named" && "stage" in what.on && (
              <StageDeeds on={what.on} deeds={deeds} actions={actions} />
            )}
            {what.kind === "named" && "touchpoint" in what.on && (
              <TouchpointDeeds name={what.on.touchpoint} deeds={deeds} actions={actions} layout={layout} />
            )}
            {what.kind === "lane" && <LaneDeeds row={what.row} rows={rows} deeds={deeds} actions={actions} />}
            {what.kind === "cell" && (
              <>
                <Deed onClick={() => deeds.edit()} keys="Enter">
                  {t("editor.edit")}
                </Deed>
                {what.row !== RULE_ROW && (
                  <Deed
                    onClick={() =>
                      ui.setState({
                        dialog: {
                          kind: "evidence",
                          on: what.on,
                          key: what.row.key,
                          title: titleOf(what.row.key),
                        },
                      })
                    }
                  >
                    {t("editor.evidence")}
                  </Deed>
                )}
                <Deed onClick={() => deeds.shift(-1, "across")} keys="Alt ←">
                  {t("editor.to_previous")}
                </Deed>
                <Deed onClick={() => deeds.shift(1, "across")} keys="Alt →">
                  {t("editor.to_next")}
                </Deed>
              </>
            )}
            <Menu.Divider />
            <Common clipboard={clipboard} deeds={deeds} />
            {what.kind === "named" && <Remove on={what.on} actions={actions} />}
            {what.kind === "cell" && (
              <Deed color="var(--bad-ink)" onClick={deeds.clear} keys="Del">
                {t("editor.clear")}
              </Deed>
            )}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
