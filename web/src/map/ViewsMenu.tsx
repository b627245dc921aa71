import { ActionIcon, Button, CopyButton, Popover, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useKeptViews, type View, writeView } from "../data/view";
import { useWords } from "../i18n";
import { CloseIcon } from "../ui/icons";
import classes from "./tools.module.css";

/** Views with names of their own: filters, lanes and colours together; each is a link. */
export function ViewsMenu({ view }: { view: View }) {
  const { t } = useWords();
  const [search] = useSearchParams();
  const { kept, keep, drop } = useKeptViews();
  const [name, setName] = useState("");
  const [opened, setOpened] = useState(false);
  const now = writeView(view, search);
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim()) return;
    keep(name.trim(), now);
    setName("");
  };
  return (
    <Popover
      width={320}
      position="bottom-end"
      shadow="md"
      trapFocus
      returnFocus
      opened={opened}
      onChange={setOpened}
    >
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          className={classes.tool}
          onClick={() => setOpened((before) => !before)}
        >
          {t("living.views.title")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.panel} aria-label={t("living.views.title")}>
        {kept.length === 0 && <p className={classes.hint}>{t("living.views.none")}</p>}
        <ul className={classes.viewList}>
          {kept.map((one) => (
            <li key={one.name}>
              <Link to={`/?${one.search}`} onClick={() => setOpened(false)}>
                <bdi>{one.name}</bdi>
              </Link>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                onClick={() => drop(one.name)}
                aria-label={t("living.views.drop", { name: one.name })}
              >
                <CloseIcon size={12} />
              </ActionIcon>
            </li>
          ))}
        </ul>
        <form onSubmit={save} className={classes.saveView}>
          <TextInput
            size="xs"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={80}
            placeholder={t("living.views.name")}
            aria-label={t("living.views.name")}
          />
          <Button size="xs" type="submit" disabled={!name.trim()}>
            {t("living.views.save")}
          </Button>
        </form>
        <CopyButton value={`${window.location.origin}/?${now}`}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="subtle" onClick={copy} mt={8}>
              {t(copied ? "living.views.copied" : "living.views.copy")}
            </Button>
          )}
        </CopyButton>
      </Popover.Dropdown>
    </Popover>
  );
}
