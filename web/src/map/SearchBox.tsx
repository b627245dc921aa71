import { TextInput, UnstyledButton } from "@mantine/core";
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from "react";
import { useWords } from "../i18n";
import { Dialog } from "./Dialog";
import { entries, type Found, search } from "./find";
import type { MapModel } from "./model";
import classes from "./tools.module.css";

interface SearchBoxProps {
  model: MapModel;
  opened: boolean;
  onClose: () => void;
  onFound: (found: Found) => void;
}

/** Finds touchpoints, stages and cards, and leads to them. */
export default function SearchBox({ model, opened, onClose, onFound }: SearchBoxProps) {
  const { t } = useWords();
  const list = useId();
  const [asked, setAsked] = useState("");
  const [at, setAt] = useState(0);
  const all = useMemo(() => entries(model), [model]);
  const found = useMemo(() => search(all, asked), [all, asked]);
  useEffect(() => {
    if (opened) {
      setAsked("");
      setAt(0);
    }
  }, [opened]);
  const choose = (one: Found | undefined) => {
    if (!one) return;
    onClose();
    onFound(one);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") choose(found[at]);
    else if (event.key === "ArrowDown") setAt((now) => Math.min(found.length - 1, now + 1));
    else if (event.key === "ArrowUp") setAt((now) => Math.max(0, now - 1));
    else return;
    event.preventDefault();
  };
  return (
    <Dialog opened={opened} onClose={onClose} title={t("living.search.title")}>
      <TextInput
        data-autofocus=""
        value={asked}
        onChange={(event) => {
          setAsked(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        placeholder={t("living.search.hint")}
        aria-label={t("living.search.hint")}
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={found[at] ? `${list}-${at}` : undefined}
      />
      <div id={list} role="listbox" aria-label={t("living.search.title")} className={classes.found}>
        {found.map((one, i) => (
          <UnstyledButton
            key={`${one.kind}${one.column}${one.lane}${one.text}`}
            id={`${list}-${i}`}
            role="option"
            aria-selected={i === at}
            tabIndex={-1}
            className={classes.foundOne}
            data-at={i === at || undefined}
            onMouseMove={() => setAt(i)}
            onClick={() => choose(one)}
          >
            <bdi className={classes.foundText}>{one.text}</bdi>
            <span className={classes.foundPlace}>
              {t(`living.search.${one.kind}`)}
              {one.place && (
                <>
                  {" · "}
                  <bdi>{one.place}</bdi>
                </>
              )}
            </span>
          </UnstyledButton>
        ))}
      </div>
      {found.length === 0 && <p className={classes.hint}>{t("filters.nothing")}</p>}
    </Dialog>
  );
}
