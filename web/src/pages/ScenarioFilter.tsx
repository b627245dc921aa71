import { Button, Popover, TextInput, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { type Translate, useWords } from "../i18n";
import classes from "./page.module.css";

/** A stage or a touchpoint that a scenario may name. */
export interface Place {
  name: string;
  stage: boolean;
}

export const scenarioText = (part: string, t: Translate): string =>
  part.startsWith("!")
    ? t("living.scenario.without", { place: part.slice(1) })
    : t("living.scenario.through", { place: part });

interface ScenarioFilterProps {
  places: readonly Place[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Which way journeys went: where they came, and where they did not. */
export function ScenarioFilter({ places, chosen, onChange }: ScenarioFilterProps) {
  const { t } = useWords();
  const [asked, setAsked] = useState("");
  const wanted = asked.trim().toLocaleLowerCase();
  const shown = places.filter((place) => place.name.toLocaleLowerCase().includes(wanted)).slice(0, 120);
  const toggle = (name: string, part: string) => {
    const others = chosen.filter((item) => item !== name && item !== `!${name}`);
    onChange(chosen.includes(part) ? others : [...others, part]);
  };
  return (
    <Popover width={380} position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          data-active={chosen.length > 0 || undefined}
          className={classes.filterButton}
          leftSection={
            <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
              <path
                d="M2 13c0-5 5-3 5-6s4-3 4-3M11 4l-2-2M11 4 9 6M13 12.500h.1M10 12.500h.1"
                fill="none"
                stroke="currentColor"
                strokeWidth="1.5"
                strokeLinecap="round"
              />
            </svg>
          }
        >
          {t("living.scenario.title")}
          {chosen.length > 0 && <span className={classes.filterCount}>{chosen.length}</span>}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.scenario} aria-label={t("living.scenario.title")}>
        <p>{t("living.scenario.about")}</p>
        <TextInput
          size="xs"
          value={asked}
          onChange={(event) => setAsked(event.currentTarget.value)}
          placeholder={t("filters.search")}
          aria-label={`${t("living.scenario.title")}: ${t("filters.search")}`}
        />
        <ul>
          {shown.map(({ name, stage }) => (
            <li key={`${stage}${name}`} data-stage={stage ? "yes" : "no"}>
              <bdi>{name}</bdi>
              <UnstyledButton
                className={classes.way}
                aria-pressed={chosen.includes(name)}
                aria-label={scenarioText(name, t)}
                onClick={() => toggle(name, name)}
              >
                {t("living.scenario.came")}
              </UnstyledButton>
              <UnstyledButton
                className={classes.way}
                aria-pressed={chosen.includes(`!${name}`)}
                aria-label={scenarioText(`!${name}`, t)}
                onClick={() => toggle(name, `!${name}`)}
              >
                {t("living.scenario.not")}
              </UnstyledButton>
            </li>
          ))}
        </ul>
        {shown.length === 0 && <p>{t("filters.nothing")}</p>}
      </Popover.Dropdown>
    </Popover>
  );
}
