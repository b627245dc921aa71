import { Loader, Pill, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import type { Description } from "../api";
import { type Address, isFiltered } from "../data/address";
import { offeredAttributes } from "../data/attributes";
import { count } from "../draw";
import { useWords } from "../i18n";
import { ChannelIcon, PeopleIcon } from "../ui/icons";
import { PeriodFilter } from "./PeriodFilter";
import { PickMany } from "./PickMany";
import classes from "./page.module.css";
import { type Place, ScenarioFilter, scenarioText } from "./ScenarioFilter";

interface FilterBarProps {
  workspace: Description;
  address: Address;
  change: (patch: Partial<Address>) => void;
  clear: () => void;
  kept: number | undefined;
  busy: boolean;
  /** Stages and touchpoints of the map, from which a scenario is made; the findings are not asked of one. */
  places?: readonly Place[];
  /** What can be done with what is kept; stands at the end. */
  children?: ReactNode;
}

function FilterPill({ text, onRemove }: { text: string; onRemove: () => void }) {
  const { t } = useWords();
  return (
    <Pill
      size="sm"
      className={classes.pill}
      withRemoveButton
      onRemove={onRemove}
      removeButtonProps={{
        "aria-label": t("filters.remove", { what: text }),
        "aria-hidden": false,
        tabIndex: 0,
      }}
    >
      <bdi>{text}</bdi>
    </Pill>
  );
}

/** Period, segment and channel; what is chosen lives in the address bar. */
export function FilterBar(props: FilterBarProps) {
  const { workspace, address, change, clear, kept, busy, places, children } = props;
  const { t, language } = useWords();
  const filtered = isFiltered(address);
  const all = t("unit.journeys", { count: workspace.journeys, shown: count(workspace.journeys, language) });
  const segments = offeredAttributes(workspace.attributes).map(({ attribute, values, more }) => ({
    label: attribute,
    note: more > 0 ? t("filters.more", { count: more, attribute }) : undefined,
    options: values.map(({ value, journeys }) => ({
      value: `${attribute}=${value}`,
      label: value,
      note: count(journeys, language),
    })),
  }));
  const channels = [
    {
      label: t("filters.channel"),
      options: workspace.channels.map(({ channel, journeys }) => ({
        value: channel,
        label: channel,
        note: count(journeys, language),
      })),
    },
  ];
  const without = (list: string[], gone: string) => list.filter((item) => item !== gone);
  return (
    <section className={classes.filters} aria-label={t("filters.title")}>
      <PeriodFilter
        since={address.since}
        until={address.until}
        first={workspace.first_event}
        last={workspace.last_event}
        onChange={change}
      />
      {segments.length > 0 && (
        <PickMany
          label={t("filters.segment")}
          icon={<PeopleIcon />}
          groups={segments}
          footer={
            workspace.wide_attributes.length
              ? t("filters.wide", { names: workspace.wide_attributes.join(", ") })
              : undefined
          }
          chosen={address.segment}
          onChange={(segment) => change({ segment })}
        />
      )}
      {workspace.channels.length > 0 && (
        <PickMany
          label={t("filters.channel")}
          icon={<ChannelIcon />}
          groups={channels}
          chosen={address.channel}
          onChange={(channel) => change({ channel })}
        />
      )}
      {places && places.length > 0 && (
        <ScenarioFilter
          places={places}
          chosen={address.scenario ?? []}
          onChange={(scenario) => change({ scenario })}
        />
      )}
      {address.segment.map((item) => (
        <FilterPill
          key={item}
          text={item.replace("=", ": ")}
          onRemove={() => change({ segment: without(address.segment, item) })}
        />
      ))}
      {address.channel.map((item) => (
        <FilterPill
          key={item}
          text={item}
          onRemove={() => change({ channel: without(address.channel, item) })}
        />
      ))}
      {(places ? (address.scenario ?? []) : []).map((item) => (
        <FilterPill
          key={item}
          text={scenarioText(item, t)}
          onRemove={() => change({ scenario: without(address.scenario ?? [], item) })}
        />
      ))}
      {filtered && (
        <UnstyledButton className={classes.clear} onClick={clear}>
          {t("filters.clear")}
        </UnstyledButton>
      )}
      <span
        className={`number ${classes.kept}`}
        role="status"
        data-kept={kept}
        // Of a map all journeys are the first number of the summary: a line of its own would say it twice.
        data-said={places && !filtered && !busy ? "" : undefined}
      >
        {busy && <Loader size={12} aria-hidden="true" />}
        {filtered && kept !== undefined
          ? t("filters.kept", { kept: count(kept, language), all })
          : t("filters.all", { all: count(workspace.journeys, language) })}
      </span>
      {children}
    </section>
  );
}
