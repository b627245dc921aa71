import { ActionIcon, Menu, NativeSelect, Textarea, TextInput, UnstyledButton } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useWords } from "../../i18n";
import { useEditor } from "../context";
import { DotsIcon } from "../icons";
import type { Metric, Sorted } from "../model/values";
import classes from "./cells.module.css";
import { usePart } from "./Show";

interface CardsProps<T> {
  cards: T[];
  empty: T;
  textOf: (card: T) => string;
  withText: (card: T, text: string) => T;
  onChange: (cards: T[]) => void;
  /** Enter in an empty last card: the person is done here. */
  onDone: () => void;
  /** Moves a card to the touchpoint before or after; absent where there is none. */
  onSend?: ((index: number, by: 1 | -1) => void) | undefined;
  label: string;
  extra?: (card: T, change: (card: T) => void, index: number) => ReactNode;
}

function swapped<T>(cards: readonly T[], one: number, other: number): T[] {
  const next = [...cards];
  const a = next[one];
  const b = next[other];
  if (a !== undefined && b !== undefined) {
    next[one] = b;
    next[other] = a;
  }
  return next;
}

/** Cards one under another: Enter begins the next, Alt and arrows move one, an emptied one goes with Backspace. */
export function CardFields<T>(props: CardsProps<T>) {
  const { cards, empty, textOf, withText, onChange, onDone, onSend, label, extra } = props;
  const { t } = useWords();
  const shown = cards.length ? cards : [empty];
  const box = useRef<HTMLDivElement>(null);
  const [wanted, setWanted] = useState<number | null>(null);

  useEffect(() => {
    if (wanted === null) return;
    const fields = box.current?.querySelectorAll<HTMLTextAreaElement>("textarea[data-card-text]");
    const field = fields?.[Math.min(wanted, fields.length - 1)];
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
    setWanted(null);
  }, [wanted]);

  const at = (index: number, card: T) => onChange(shown.map((other, i) => (i === index ? card : other)));
  const drop = (index: number) => {
    onChange(shown.filter((_, i) => i !== index));
    setWanted(Math.max(0, index - 1));
  };
  const move = (index: number, by: 1 | -1) => {
    if (index + by < 0 || index + by >= shown.length) return;
    onChange(swapped(shown, index, index + by));
    setWanted(index + by);
  };

  const onKey = (index: number, event: KeyboardEvent<HTMLTextAreaElement>) => {
    const text = textOf(shown[index] as T);
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      move(index, event.key === "ArrowUp" ? -1 : 1);
    } else if (event.altKey && onSend && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      event.preventDefault();
      onSend(index, event.key === "ArrowLeft" ? -1 : 1);
    } else if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (!text.trim()) return onDone();
      onChange([...shown.slice(0, index + 1), empty, ...shown.slice(index + 1)]);
      setWanted(index + 1);
    } else if (event.key === "Backspace" && !text && shown.length > 1) {
      event.preventDefault();
      drop(index);
    }
  };

  return (
    <div ref={box} style={{ display: "grid", gap: 6 }}>
      {shown.map((card, i) => {
        const number = i + 1;
        return (
          <div key={`${number}`} className={extra ? classes.entry : undefined}>
            <div className={classes.line}>
              <Textarea
                autosize
                minRows={1}
                maxRows={8}
                size="xs"
                data-card-text=""
                aria-label={t("editor.card_number", { lane: label, number })}
                value={textOf(card)}
                dir="auto"
                data-autofocus={i === shown.length - 1 || undefined}
                onChange={(event) => at(i, withText(card, event.currentTarget.value))}
                onKeyDown={(event) => onKey(i, event)}
              />
              <Menu withinPortal={false} withInitialFocusPlaceholder={false} position="bottom-end">
                <Menu.Target>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t("editor.card_menu", { number })}
                    tabIndex={-1}
                  >
                    <DotsIcon />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item disabled={i === 0} onClick={() => move(i, -1)} rightSection="Alt ↑">
                    {t("editor.move_up")}
                  </Menu.Item>
                  <Menu.Item
                    disabled={i === shown.length - 1}
                    onClick={() => move(i, 1)}
                    rightSection="Alt ↓"
                  >
                    {t("editor.move_down")}
                  </Menu.Item>
                  {onSend && (
                    <>
                      <Menu.Item onClick={() => onSend(i, -1)} rightSection="Alt ←">
                        {t("editor.to_previous")}
                      </Menu.Item>
                      <Menu.Item onClick={() => onSend(i, 1)} rightSection="Alt →">
                        {t("editor.to_next")}
                      </Menu.Item>
                    </>
                  )}
                  <Menu.Item onClick={() => drop(i)}>{t("editor.remove")}</Menu.Item>
                </Menu.Dropdown>
              </Menu>
            </div>
            {extra?.(card, (next) => at(i, next), i)}
          </div>
        );
      })}
      <UnstyledButton
        className={classes.more}
        style={{ justifySelf: "start", fontWeight: 600 }}
        tabIndex={-1}
        onClick={() => {
          onChange([...shown, empty]);
          setWanted(shown.length);
        }}
      >
        + {t("editor.card_add")}
      </UnstyledButton>
    </div>
  );
}

interface FieldsProps<T> {
  cards: T[];
  lane: string;
  label: string;
  onChange: (cards: T[]) => void;
  onDone: () => void;
  onSend?: ((index: number, by: 1 | -1) => void) | undefined;
}

export const TextCards = (props: FieldsProps<string>) => (
  <CardFields {...props} empty="" textOf={(card) => card} withText={(_, text) => text} />
);

export function SortedCards(props: FieldsProps<Sorted>) {
  const { t, language } = useWords();
  const { lanes } = useEditor();
  const parts = lanes.find((lane) => lane.key === props.lane)?.parts ?? [];
  return (
    <CardFields
      {...props}
      empty={{ text: "", sort: "" }}
      textOf={(card) => card.text}
      withText={(card, text) => ({ ...card, text })}
      extra={(card, change, i) => (
        <NativeSelect
          mt={4}
          size="xs"
          aria-label={t("editor.sort_of", { number: i + 1 })}
          value={card.sort}
          onChange={(event) => change({ ...card, sort: event.currentTarget.value })}
          data={[
            { value: "", label: t("editor.no_sort") },
            ...parts.map((part) => ({ value: part.key, label: part.title[language] })),
          ]}
        />
      )}
    />
  );
}

export function MetricCards(props: FieldsProps<Metric>) {
  const { t } = useWords();
  const part = usePart(props.lane);
  return (
    <CardFields
      {...props}
      empty={{ metric: "", now: "", target: "", unit: "" }}
      textOf={(card) => card.metric}
      withText={(card, metric) => ({ ...card, metric })}
      extra={(card, change, i) => (
        <div className={classes.pair}>
          {(["now", "target", "unit"] as const).map((key) => (
            <TextInput
              key={key}
              size="xs"
              placeholder={part(key)}
              aria-label={t("editor.metric_part", { part: part(key), number: i + 1 })}
              value={card[key]}
              onChange={(event) => change({ ...card, [key]: event.currentTarget.value })}
            />
          ))}
        </div>
      )}
    />
  );
}
