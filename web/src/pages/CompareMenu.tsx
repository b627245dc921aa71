import { Button, NativeSelect, Popover, SegmentedControl, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Description } from "../api";
import { offeredAttributes } from "../data/attributes";
import { dayIn } from "../draw";
import { useWords } from "../i18n";
import tools from "../map/tools.module.css";
import classes from "./page.module.css";
import type { Place } from "./ScenarioFilter";

const WAYS = ["segment", "channel", "period", "scenario", "map"] as const;
type Way = (typeof WAYS)[number];

export interface OtherMap {
  id: string;
  name: string;
}

interface CompareMenuProps {
  workspace: Description;
  places: readonly Place[];
  /** Maps besides the one that is shown. */
  maps: readonly OtherMap[];
  active: boolean;
  onGroups: (groups: [string, string]) => void;
  onMap: (id: string) => void;
}

const DAY_MS = 86_400_000;
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The data's own time cut in two halves: what changed is what one asks first. */
function halves(workspace: Description): [string, string, string, string] {
  const at = (moment: string | null) => Date.parse(dayIn(moment ?? "", workspace.timezone)) || 0;
  const [first, last] = [at(workspace.first_event), at(workspace.last_event)];
  const middle = first + Math.floor((last - first) / DAY_MS / 2) * DAY_MS;
  return [dayOf(first), dayOf(middle - DAY_MS), dayOf(middle), dayOf(last)];
}

interface PairProps {
  options: readonly string[];
  value: [string, string];
  onChange: (value: [string, string]) => void;
}

function Pair({ options, value, onChange }: PairProps) {
  const { t } = useWords();
  return (
    <>
      <NativeSelect
        size="xs"
        label={t("compare.first")}
        data={[...options]}
        value={value[0]}
        onChange={(event) => onChange([event.currentTarget.value, value[1]])}
      />
      <NativeSelect
        size="xs"
        label={t("compare.second")}
        data={[...options]}
        value={value[1]}
        onChange={(event) => onChange([value[0], event.currentTarget.value])}
      />
    </>
  );
}

const firstTwo = (options: readonly string[]): [string, string] => [
  options[0] ?? "",
  options[1] ?? options[0] ?? "",
];

function BySegment({ workspace, onGroups }: Pick<CompareMenuProps, "workspace" | "onGroups">) {
  const { t } = useWords();
  const usable = offeredAttributes(workspace.attributes).filter(({ values }) => values.length > 1);
  const [attribute, setAttribute] = useState(usable[0]?.attribute ?? "");
  const values = usable.find((one) => one.attribute === attribute)?.values.map(({ value }) => value) ?? [];
  const [pair, setPair] = useState(firstTwo(values));
  const chosen: [string, string] =
    values.includes(pair[0]) && values.includes(pair[1]) ? pair : firstTwo(values);
  return (
    <Form
      disabled={chosen[0] === chosen[1]}
      onSubmit={() => onGroups([`${attribute}=${chosen[0]}`, `${attribute}=${chosen[1]}`])}
    >
      <NativeSelect
        size="xs"
        label={t("compare.attribute")}
        data={usable.map((one) => one.attribute)}
        value={attribute}
        onChange={(event) => setAttribute(event.currentTarget.value)}
      />
      <Pair options={values} value={chosen} onChange={setPair} />
    </Form>
  );
}

function ByChannel({ workspace, onGroups }: Pick<CompareMenuProps, "workspace" | "onGroups">) {
  const channels = workspace.channels.map(({ channel }) => channel);
  const [pair, setPair] = useState(firstTwo(channels));
  return (
    <Form
      disabled={pair[0] === pair[1]}
      onSubmit={() => onGroups([`channel=${pair[0]}`, `channel=${pair[1]}`])}
    >
      <Pair options={channels} value={pair} onChange={setPair} />
    </Form>
  );
}

function ByPeriod({ workspace, onGroups }: Pick<CompareMenuProps, "workspace" | "onGroups">) {
  const { t } = useWords();
  const [days, setDays] = useState(halves(workspace));
  const put = (at: number, value: string) =>
    setDays(days.map((day, i) => (i === at ? value : day)) as [string, string, string, string]);
  const [a, b, c, d] = days;
  return (
    <Form disabled={!a || !b || !c || !d} onSubmit={() => onGroups([`${a}..${b}`, `${c}..${d}`])}>
      {[0, 2].map((at) => (
        <div key={at} className={classes.comparePeriod}>
          <TextInput
            size="xs"
            type="date"
            label={`${t(at === 0 ? "compare.first" : "compare.second")}: ${t("compare.period_from")}`}
            value={days[at]}
            onChange={(event) => put(at, event.currentTarget.value)}
          />
          <TextInput
            size="xs"
            type="date"
            label={t("compare.period_to")}
            aria-label={`${t(at === 0 ? "compare.first" : "compare.second")}: ${t("compare.period_to")}`}
            value={days[at + 1]}
            onChange={(event) => put(at + 1, event.currentTarget.value)}
          />
        </div>
      ))}
    </Form>
  );
}

function ByScenario({ places, onGroups }: Pick<CompareMenuProps, "places" | "onGroups">) {
  const { t } = useWords();
  const names = places.filter((place) => !place.stage).map((place) => place.name);
  const [place, setPlace] = useState(names[0] ?? "");
  return (
    <Form disabled={!place} onSubmit={() => onGroups([`scenario=${place}`, `scenario=!${place}`])}>
      <p className={tools.hint}>{t("compare.scenario_about")}</p>
      <NativeSelect
        size="xs"
        label={t("map.touchpoint")}
        data={names}
        value={place}
        onChange={(event) => setPlace(event.currentTarget.value)}
      />
    </Form>
  );
}

function ByMap({ maps, onMap }: Pick<CompareMenuProps, "maps" | "onMap">) {
  const { t } = useWords();
  const [id, setId] = useState(maps[0]?.id ?? "");
  if (!maps.length) return <p className={tools.hint}>{t("compare.no_other_map")}</p>;
  return (
    <Form disabled={!id} onSubmit={() => onMap(id)}>
      <p className={tools.hint}>{t("compare.map_about")}</p>
      <NativeSelect
        size="xs"
        label={t("compare.other_map")}
        data={maps.map((map) => ({ value: map.id, label: map.name }))}
        value={id}
        onChange={(event) => setId(event.currentTarget.value)}
      />
    </Form>
  );
}

function Form({
  disabled,
  onSubmit,
  children,
}: {
  disabled: boolean;
  onSubmit: () => void;
  children: React.ReactNode;
}) {
  const { t } = useWords();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={submit} className={classes.compareForm}>
      {children}
      <Button type="submit" size="xs" disabled={disabled}>
        {t("compare.go")}
      </Button>
    </form>
  );
}

/** Two segments, channels, periods, scenarios or maps to set side by side. */
export function CompareMenu({ workspace, places, maps, active, onGroups, onMap }: CompareMenuProps) {
  const { t } = useWords();
  const [opened, setOpened] = useState(false);
  const offered = WAYS.filter(
    (way) =>
      (way !== "segment" || workspace.attributes.some(({ values }) => values.length > 1)) &&
      (way !== "channel" || workspace.channels.length > 1),
  );
  const [way, setWay] = useState<Way>(offered[0] ?? "period");
  const groups = (chosen: [string, string]) => {
    setOpened(false);
    onGroups(chosen);
  };
  return (
    <Popover
      width={430}
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
          className={tools.tool}
          data-active={active || undefined}
          onClick={() => setOpened((now) => !now)}
        >
          {t("compare.choose")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={tools.panel} aria-label={t("compare.choose")}>
        <SegmentedControl
          size="xs"
          fullWidth
          value={way}
          onChange={(value) => setWay(value as Way)}
          aria-label={t("compare.by")}
          data={offered.map((one) => ({ value: one, label: t(`compare.by_${one}`) }))}
        />
        {way === "segment" && <BySegment workspace={workspace} onGroups={groups} />}
        {way === "channel" && <ByChannel workspace={workspace} onGroups={groups} />}
        {way === "period" && <ByPeriod workspace={workspace} onGroups={groups} />}
        {way === "scenario" && <ByScenario places={places} onGroups={groups} />}
        {way === "map" && (
          <ByMap
            maps={maps}
            onMap={(id) => {
              setOpened(false);
              onMap(id);
            }}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
