import { ActionIcon, Badge, Button, Menu } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "react-router";
import { useSaidShort } from "../../data/said";
import { useMay } from "../../data/session";
import { count } from "../../draw";
import { useWords } from "../../i18n";
import { useTimes } from "../../i18n/times";
import {
  archive,
  convert,
  duplicate,
  type ListedMap,
  type MapHead,
  makeLive,
  type Terms,
  unarchive,
} from "../api";
import { DotsIcon } from "../icons";
import classes from "./maps.module.css";

interface MapCardProps {
  head: ListedMap;
  depth: number;
  heads: readonly MapHead[];
  kinds: Terms["kinds"];
}

/** One map: what it is, who changed it last, where it lies, and what can be done with it. */
export function MapCard({ head, depth, heads, kinds }: MapCardProps) {
  const { t, language } = useWords();
  const say = useSaidShort();
  const { moment } = useTimes();
  const client = useQueryClient();
  const mayEdit = useMay("edit");
  const act = useMutation({
    mutationFn: (deed: () => Promise<unknown>) => deed(),
    onSuccess: () => {
      for (const key of ["maps", "workspace", "living-map", "findings"])
        void client.invalidateQueries({ queryKey: [key] });
    },
  });
  const kind = kinds.find((known) => known.key === head.kind);
  const parent = heads.find((other) => other.id === head.parent_map);
  const name = head.name || t("editor.unnamed");
  const copyName = (t("editor.copy_of", { name }) as string).slice(0, 500);
  const address = `/maps/${encodeURIComponent(head.id)}/edit`;
  return (
    <li className={classes.card} data-live={head.live || undefined} data-inside={depth > 0 || undefined}>
      <div className={classes.title}>
        <Link to={address} dir="auto">
          {name}
        </Link>
        {mayEdit && (
          <Menu withinPortal={false} withInitialFocusPlaceholder={false} position="bottom-end" width={250}>
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" aria-label={t("editor.menu_of", { name })}>
                <DotsIcon />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => act.mutate(() => duplicate(head.id, copyName))}>
                {t("editor.duplicate")}
              </Menu.Item>
              {!head.archived_at && (
                <>
                  <Menu.Sub>
                    <Menu.Sub.Target>
                      <Menu.Sub.Item>{t("editor.convert")}</Menu.Sub.Item>
                    </Menu.Sub.Target>
                    <Menu.Sub.Dropdown>
                      {kinds.map((other) => (
                        <Menu.Item
                          key={other.key}
                          disabled={other.key === head.kind}
                          onClick={() => act.mutate(() => convert(head.id, other.key))}
                        >
                          {other.title[language]}
                        </Menu.Item>
                      ))}
                    </Menu.Sub.Dropdown>
                  </Menu.Sub>
                  {!head.live && (
                    <Menu.Item onClick={() => act.mutate(() => makeLive(head.id))}>
                      {t("editor.make_live")}
                    </Menu.Item>
                  )}
                  <Menu.Divider />
                  <Menu.Item onClick={() => act.mutate(() => archive(head.id))}>
                    {t("editor.to_archive")}
                  </Menu.Item>
                </>
              )}
              {head.archived_at && (
                <Menu.Item onClick={() => act.mutate(() => unarchive(head.id))}>
                  {t("editor.from_archive")}
                </Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <div className={classes.marks}>
        <Badge variant="light" color="gray" tt="none">
          {kind?.title[language] ?? head.kind}
        </Badge>
        {head.live && (
          <Badge variant="filled" tt="none">
            {t("editor.living")}
          </Badge>
        )}
      </div>
      {parent && (
        <p className={classes.quiet}>
          {t("editor.inside_of", { map: parent.name, name: head.parent_touchpoint ?? "" })}
        </p>
      )}
      {head.stages != null && head.touchpoints != null && (
        <p className={classes.size}>
          {t("editor.stages_n", { count: head.stages, shown: count(head.stages, language) })}
          {" · "}
          {t("editor.touchpoints_n", { count: head.touchpoints, shown: count(head.touchpoints, language) })}
        </p>
      )}
      <p className={classes.quiet}>
        {t("editor.changed_at", { when: moment(head.saved_at) })}
        {head.saved_by && <bdi> · {head.saved_by}</bdi>}
        {" · "}
        {t("editor.version", { n: head.latest })}
      </p>
      {act.error && (
        <p className={classes.fault} role="alert">
          {say(act.error)}
        </p>
      )}
      <div className={classes.marks} style={{ marginTop: "auto" }}>
        {head.archived_at ? (
          mayEdit && (
            <Button size="compact-sm" variant="default" onClick={() => act.mutate(() => unarchive(head.id))}>
              {t("editor.from_archive")}
            </Button>
          )
        ) : (
          <>
            <Button component={Link} to={address} size="compact-sm" variant="light">
              {t(mayEdit ? "editor.edit" : "people.look_at")}
            </Button>
            {head.live ? (
              <Button component={Link} to="/" size="compact-sm" variant="subtle">
                {t("editor.see_living")}
              </Button>
            ) : (
              <Button
                component={Link}
                to={`/?map=${encodeURIComponent(head.id)}`}
                size="compact-sm"
                variant="subtle"
              >
                {t("editor.see_on_data")}
              </Button>
            )}
          </>
        )}
      </div>
    </li>
  );
}
