import { Menu, UnstyledButton } from "@mantine/core";
import { useWords } from "../i18n";
import rowClasses from "./row.module.css";

export type Edge = "before" | "after";

export interface LaneActions {
  onToggle: (lane: string) => void;
  onHide: (lane: string) => void;
  onStep: (lane: string, by: -1 | 1) => void;
  onTop: (lane: string) => void;
  onDrop: (lane: string, to: string, edge: Edge) => void;
}

interface LaneMenuProps {
  id: string;
  title: string;
  about?: string | undefined;
  open: boolean;
  actions: LaneActions;
}

/** All that dragging does, and more, for those who do not drag. */
export function LaneMenu({ id, title, about, open, actions }: LaneMenuProps) {
  const { t } = useWords();
  return (
    <Menu width={230} position="bottom-start" shadow="md">
      <Menu.Target>
        <UnstyledButton className={rowClasses.menu} aria-label={t("living.lane.menu", { lane: title })}>
          <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
            <circle cx="3" cy="8" r="1.4" fill="currentColor" />
            <circle cx="8" cy="8" r="1.4" fill="currentColor" />
            <circle cx="13" cy="8" r="1.4" fill="currentColor" />
          </svg>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {about && <Menu.Label style={{ whiteSpace: "normal" }}>{about}</Menu.Label>}
        <Menu.Item onClick={() => actions.onStep(id, -1)} rightSection={<kbd>Alt ↑</kbd>}>
          {t("living.lane.up")}
        </Menu.Item>
        <Menu.Item onClick={() => actions.onStep(id, 1)} rightSection={<kbd>Alt ↓</kbd>}>
          {t("living.lane.down")}
        </Menu.Item>
        <Menu.Item onClick={() => actions.onTop(id)}>{t("living.lane.top")}</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => actions.onToggle(id)}>
          {t(open ? "living.lane.fold" : "living.lane.unfold")}
        </Menu.Item>
        <Menu.Item onClick={() => actions.onHide(id)}>{t("living.lane.hide")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
