import { Button, Combobox, useCombobox } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useWords } from "../i18n";
import { TickIcon } from "../ui/icons";
import classes from "./page.module.css";

export interface PickGroup {
  label: string;
  note?: string | undefined;
  options: { value: string; label: string; note: string }[];
}

interface PickManyProps {
  label: string;
  icon: ReactNode;
  groups: PickGroup[];
  /** What the list cannot show, said under it. */
  footer?: string | undefined;
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

/** A button that opens a searchable list from which several may be chosen. */
export function PickMany({ label, icon, groups, footer, chosen, onChange }: PickManyProps) {
  const { t } = useWords();
  const [search, setSearch] = useState("");
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      combobox.focusTarget();
      setSearch("");
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const wanted = search.trim().toLocaleLowerCase();
  const shown = groups
    .map((group) => ({
      ...group,
      options: group.options.filter((option) =>
        `${group.label} ${option.label}`.toLocaleLowerCase().includes(wanted),
      ),
    }))
    .filter((group) => group.options.length);
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  return (
    <Combobox
      store={combobox}
      width={300}
      position="bottom-start"
      onOptionSubmit={toggle}
      withinPortal={false}
    >
      <Combobox.Target withAriaAttributes={false}>
        <Button
          variant="default"
          size="xs"
          leftSection={icon}
          onClick={() => combobox.toggleDropdown()}
          aria-haspopup="listbox"
          aria-expanded={combobox.dropdownOpened}
          data-active={chosen.length > 0 || undefined}
          className={classes.filterButton}
        >
          {label}
          {chosen.length > 0 && <span className={classes.filterCount}>{chosen.length}</span>}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            combobox.updateSelectedOptionIndex();
          }}
          placeholder={t("filters.search")}
          aria-label={`${label}: ${t("filters.search")}`}
        />
        <Combobox.Options tabIndex={0} mah={320} style={{ overflowY: "auto" }} aria-label={label}>
          {shown.length === 0 && <Combobox.Empty>{t("filters.nothing")}</Combobox.Empty>}
          {shown.map((group) => (
            <Combobox.Group
              key={group.label}
              label={group.label}
              classNames={{ groupLabel: classes.groupLabel }}
            >
              {group.options.map((option) => (
                <Combobox.Option
                  key={option.value}
                  value={option.value}
                  active={chosen.includes(option.value)}
                >
                  <span className={classes.option}>
                    <span className={classes.optionTick}>
                      {chosen.includes(option.value) && <TickIcon />}
                    </span>
                    <bdi className={classes.optionName}>{option.label}</bdi>
                    <span className={`number ${classes.optionNote}`}>{option.note}</span>
                  </span>
                </Combobox.Option>
              ))}
              {group.note && <div className={classes.groupNote}>{group.note}</div>}
            </Combobox.Group>
          ))}
        </Combobox.Options>
        {footer && <Combobox.Footer className={classes.pickFooter}>{footer}</Combobox.Footer>}
      </Combobox.Dropdown>
    </Combobox>
  );
}
