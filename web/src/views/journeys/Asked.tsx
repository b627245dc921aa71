import { Button, CloseButton, Pill, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Conditions, Explore } from "../../data/exploreAddress";
import { useWords } from "../../i18n";
import kit from "../explore/explore.module.css";
import { described } from "./described";
import classes from "./journeys.module.css";

/** Which journeys these are; each condition can be taken away. */
export function Asked({ conditions, explore }: { conditions: Conditions; explore: Explore }) {
  const { t, language } = useWords();
  const parts = described(conditions, t, language);
  if (!parts.length) return <p className={kit.lead}>{t("explore.journeys.about")}</p>;
  const clear = () =>
    explore.choose({ ...without(parts.flatMap((part) => part.names)), by: null, page: null });
  return (
    <div className={classes.asked} data-conditions={parts.length}>
      <span className={kit.more}>{t("explore.journeys.asked")}</span>
      {parts.map((part, place) => (
        <Pill
          key={place}
          size="md"
          className={classes.condition}
          withRemoveButton
          onRemove={() => explore.choose({ ...without(part.names), page: null })}
          removeButtonProps={{
            "aria-label": t("filters.remove", { what: part.text }),
            "aria-hidden": false,
            tabIndex: 0,
          }}
        >
          <bdi title={part.text}>{part.text}</bdi>
        </Pill>
      ))}
      <Button variant="subtle" size="compact-xs" onClick={clear}>
        {t("explore.journeys.all")}
      </Button>
    </div>
  );
}

const without = (names: readonly string[]): Record<string, null> =>
  Object.fromEntries(names.map((name) => [name, null]));

/** Journeys of one customer or case, looked for while it is typed. */
export function Find({ value, onFind }: { value: string; onFind: (text: string) => void }) {
  const { t } = useWords();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => onFind(text.trim()), 400);
    return () => clearTimeout(timer);
  }, [text, value, onFind]);
  return (
    <TextInput
      size="xs"
      w={240}
      maxLength={200}
      label={t("explore.journeys.find")}
      placeholder={t("explore.journeys.find_what")}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      rightSection={
        text && (
          <CloseButton size="xs" aria-label={t("explore.journeys.find_clear")} onClick={() => setText("")} />
        )
      }
      rightSectionPointerEvents="all"
    />
  );
}
