import { Button, Combobox, Loader, SegmentedControl, Select, useCombobox } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import { Link } from "react-router";
import type { Description } from "../../api";
import { ErrorPanel } from "../../data/ErrorPanel";
import type { By } from "../../data/explore";
import type { Explore } from "../../data/exploreAddress";
import { count } from "../../draw";
import { useWords } from "../../i18n";
import classes from "./explore.module.css";

export interface ViewProps {
  workspace: Description;
  explore: Explore;
}

/** A number that opens the journeys behind it. */
export function ToJourneys({ to, n, label }: { to: string; n: number; label?: string }) {
  const { t, language } = useWords();
  const shown = count(n, language);
  if (n === 0) return <span className="number">{shown}</span>;
  return (
    <Link
      to={to}
      className={`number ${classes.link}`}
      aria-label={t("explore.open_journeys", { shown: label ? `${label}: ${shown}` : shown })}
      title={t("explore.open_journeys", { shown })}
    >
      {shown}
    </Link>
  );
}

/** Named controls in a row. */
export function Control({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.control}>
      <span aria-hidden="true">{label}</span>
      {children}
    </div>
  );
}

interface SwitchProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}

export function Switch<T extends string>({ label, value, options, onChange }: SwitchProps<T>) {
  return (
    <Control label={label}>
      <SegmentedControl
        size="xs"
        aria-label={label}
        value={value}
        onChange={(chosen) => onChange(chosen as T)}
        data={[...options]}
      />
    </Control>
  );
}

/** Choice of few where a switch would be too wide. */
export function Choice<T extends string>({ label, value, options, onChange }: SwitchProps<T>) {
  return (
    <Control label={label}>
      <Select
        size="xs"
        aria-label={label}
        value={value}
        onChange={(chosen) => chosen && onChange(chosen as T)}
        data={[...options]}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        w={200}
      />
    </Control>
  );
}

/** Touchpoints, activities or stages; without a map there are only activities. */
export function LevelSwitch({
  value,
  hasMap,
  onChange,
}: {
  value: By;
  hasMap: boolean;
  onChange: (by: By) => void;
}) {
  const { t } = useWords();
  if (!hasMap) return null;
  const levels: By[] = ["touchpoint", "activity", "stage"];
  return (
    <Switch
      label={t("explore.level")}
      value={value}
      options={levels.map((level) => ({ value: level, label: t(`explore.by.${level}`) }))}
      onChange={onChange}
    />
  );
}

interface PickNameProps {
  label: string;
  /** What stands on the button. */
  text: string;
  options: readonly { name: string; note?: string }[];
  onPick: (name: string) => void;
  primary?: boolean;
}

const MOST_SHOWN = 100;

/** A button that opens a searchable list of names. */
export function PickName({ label, text, options, onPick, primary = false }: PickNameProps) {
  const { t, language } = useWords();
  const [search, setSearch] = useState("");
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setSearch("");
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const found = useMemo(() => {
    const wanted = search.trim().toLocaleLowerCase();
    return options.filter((option) => option.name.toLocaleLowerCase().includes(wanted));
  }, [options, search]);
  return (
    <Combobox
      store={combobox}
      width={320}
      position="bottom-start"
      withinPortal={false}
      onOptionSubmit={(name) => {
        onPick(name);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target withAriaAttributes={false}>
        <Button
          variant={primary ? "filled" : "default"}
          size="xs"
          aria-haspopup="listbox"
          aria-expanded={combobox.dropdownOpened}
          aria-label={label === text ? label : `${label}: ${text}`}
          onClick={() => combobox.toggleDropdown()}
          styles={{ root: { maxWidth: 320 }, label: { overflow: "hidden", textOverflow: "ellipsis" } }}
        >
          <bdi>{text}</bdi>
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            combobox.selectFirstOption();
          }}
          aria-label={t("explore.search_names")}
          placeholder={t("explore.search_names")}
        />
        <Combobox.Options mah={320} style={{ overflowY: "auto" }} aria-label={label}>
          {found.slice(0, MOST_SHOWN).map((option) => (
            <Combobox.Option key={option.name} value={option.name}>
              <span style={{ display: "flex", gap: 8, justifyContent: "space-between" }}>
                <bdi style={{ overflowWrap: "anywhere" }}>{option.name}</bdi>
                {option.note && <span className={`number ${classes.more}`}>{option.note}</span>}
              </span>
            </Combobox.Option>
          ))}
          {found.length === 0 && <Combobox.Empty>{t("explore.no_names")}</Combobox.Empty>}
          {found.length > MOST_SHOWN && (
            <Combobox.Empty>
              {t("explore.more_names", { n: count(found.length - MOST_SHOWN, language) })}
            </Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

interface LoadedProps<T> {
  asked: {
    data: T | undefined;
    error: Error | null;
    isPlaceholderData: boolean;
    refetch: () => Promise<unknown>;
  };
  onClear?: () => void;
  children: (data: T) => ReactNode;
}

/** Waiting, at fault, or there: the three states that every question has. */
export function Loaded<T>({ asked, onClear, children }: LoadedProps<T>) {
  const { t } = useWords();
  if (asked.error)
    return <ErrorPanel error={asked.error} onRetry={() => void asked.refetch()} onClear={onClear} />;
  if (asked.data === undefined)
    return (
      <div className={classes.nothing} aria-busy="true" data-waiting="">
        <Loader size={20} aria-hidden="true" />
        <p role="status">{t("explore.counting")}</p>
      </div>
    );
  return (
    <div
      className={classes.loaded}
      data-stale={asked.isPlaceholderData || undefined}
      aria-busy={asked.isPlaceholderData}
    >
      {children(asked.data)}
    </div>
  );
}

export function Nothing({ title, text }: { title: string; text?: string }) {
  return (
    <section className={classes.nothing} data-nothing="">
      <h2>{title}</h2>
      {text && <p>{text}</p>}
    </section>
  );
}

/** A number with what it is; its interval and n underneath. */
export function Figure({ name, value, more }: { name: string; value: ReactNode; more?: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span className="number">{value}</span>
        {more && <div className={classes.more}>{more}</div>}
      </dd>
    </div>
  );
}

/** A wide thing that scrolls by itself, also by keys. */
export function Scroll({
  label,
  card = true,
  children,
}: {
  label: string;
  card?: boolean;
  children: ReactNode;
}) {
  return (
    <section
      className={card ? `${classes.card} ${classes.scroll}` : classes.scroll}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
      tabIndex={0}
    >
      {children}
    </section>
  );
}
