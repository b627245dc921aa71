import { Button, Popover } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { useState } from "react";
import { DASH, day, dayIn } from "../draw";
import { useWords } from "../i18n";
import { useTimes } from "../i18n/times";
import { CalendarIcon } from "../ui/icons";
import classes from "./page.module.css";

interface PeriodFilterProps {
  since: string | undefined;
  until: string | undefined;
  /** The data's own ends: presets count back from the last event, not from today. */
  first: string | null;
  last: string | null;
  onChange: (period: { since: string | undefined; until: string | undefined }) => void;
}

const DAY_MS = 86_400_000;

function daysBefore(last: string, days: number): string {
  return new Date(Date.parse(`${last}T00:00:00Z`) - (days - 1) * DAY_MS).toISOString().slice(0, 10);
}

const dateOnly = (value: string | undefined): string | null => (value ? value.slice(0, 10) : null);

export function PeriodFilter({ since, until, onChange, ...ends }: PeriodFilterProps) {
  const { t, language } = useWords();
  const { zone } = useTimes();
  const [first, last] = [ends.first, ends.last].map((end) => (end ? dayIn(end, zone) : null));
  const [opened, setOpened] = useState(false);
  const [half, setHalf] = useState<string | null>(null);
  const chosen: [string | null, string | null] = half ? [half, null] : [dateOnly(since), dateOnly(until)];
  const label =
    since || until
      ? `${since ? day(since, language) : DASH} – ${until ? day(until, language) : DASH}`
      : t("filters.period_all");
  const set = (from: string | undefined, to: string | undefined) => {
    setHalf(null);
    setOpened(false);
    onChange({ since: from, until: to });
  };
  const presets = [
    ["filters.last_30", 30],
    ["filters.last_90", 90],
    ["filters.last_365", 365],
  ] as const;
  return (
    <Popover opened={opened} onChange={setOpened} shadow="md" position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          leftSection={<CalendarIcon />}
          onClick={() => setOpened((now) => !now)}
          data-active={Boolean(since || until) || undefined}
          className={classes.filterButton}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("filters.period_hint")} className={classes.period}>
        <div className={classes.presets}>
          <p>{t("filters.period_hint")}</p>
          {last &&
            presets.map(([name, days]) => (
              <Button key={name} variant="subtle" size="xs" onClick={() => set(daysBefore(last, days), last)}>
                {t(name)}
              </Button>
            ))}
          <Button variant="subtle" size="xs" onClick={() => set(undefined, undefined)}>
            {t("filters.all_time")}
          </Button>
        </div>
        <DatePicker
          type="range"
          size="sm"
          allowSingleDateInRange
          hideOutsideDates
          weekendDays={[]}
          previousLabel={t("filters.earlier")}
          nextLabel={t("filters.later")}
          classNames={{ weekday: classes.weekday }}
          value={chosen}
          defaultDate={dateOnly(until) ?? last ?? undefined}
          minDate={first ?? undefined}
          maxDate={last ?? undefined}
          onChange={([from, to]) => (from && to ? set(from, to) : setHalf(from))}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
