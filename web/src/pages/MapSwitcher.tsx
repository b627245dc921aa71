import { Menu, UnstyledButton } from "@mantine/core";
import { Link } from "react-router";
import type { MapHead } from "../api";
import { useWords } from "../i18n";
import { ChevronIcon, TickIcon } from "../ui/icons";
import classes from "./page.module.css";

interface MapSwitcherProps {
  maps: readonly MapHead[];
  /** The map that is shown; without one, the one that is alive. */
  current: string | undefined;
  onMap: (id: string | undefined) => void;
}

/** From one of the company's maps to another; one map alone needs no switch. */
export function MapSwitcher({ maps, current, onMap }: MapSwitcherProps) {
  const { t } = useWords();
  const offered = maps.filter((map) => map.archived_at === null);
  const shown = maps.find((map) => (current ? map.id === current : map.live));
  if (offered.length < 2 && !current) return null;
  return (
    <Menu width={320} position="bottom-start" shadow="md">
      <Menu.Target>
        <UnstyledButton className={classes.switcher}>
          <span className="visually-hidden">{t("living.switch.label")}: </span>
          <bdi>{shown?.name ?? current}</bdi>
          <ChevronIcon open size={12} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown mah="60vh" style={{ overflowY: "auto" }}>
        {offered.map((map) => (
          <Menu.Item
            key={map.id}
            leftSection={map.id === shown?.id ? <TickIcon /> : <span style={{ width: 11 }} />}
            rightSection={
              map.live ? <span className={classes.optionNote}>{t("living.switch.live")}</span> : undefined
            }
            onClick={() => onMap(map.live ? undefined : map.id)}
          >
            <bdi className={classes.optionName}>{map.name}</bdi>
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to="/maps">
          {t("living.switch.all")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
