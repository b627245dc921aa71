import { NativeSelect, Select, TextInput } from "@mantine/core";
import { useMemo, useState } from "react";
import type { HowToRead, Look } from "../../api";
import { useWords } from "../../i18n";
import { reading } from "./files";
import classes from "./start.module.css";

export const ZONES: string[] = [
  "UTC",
  ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC"),
];

/** Time zones are many: found by typing. */
export function ZoneSelect({
  value,
  onChange,
  label,
}: {
  value: string;
  onChange: (zone: string) => void;
  label: string;
}) {
  const { t } = useWords();
  const zones = useMemo(() => (ZONES.includes(value) ? ZONES : [value, ...ZONES]), [value]);
  return (
    <Select
      label={label}
      data={zones}
      value={value}
      searchable
      limit={60}
      allowDeselect={false}
      nothingFoundMessage={t("start.read.no_zone")}
      onChange={(zone) => zone && onChange(zone)}
    />
  );
}

/** How a file is written: what is recognised by itself and may be said otherwise. */
export function HowRead({ look, onChange }: { look: Look; onChange: (how: HowToRead) => void }) {
  const { t } = useWords();
  const how = reading(look);
  const [sheet, setSheet] = useState(how.sheet ?? "");
  const isText = look.format === "csv";
  const set = (change: HowToRead) => onChange({ ...how, ...change });
  return (
    <div className={classes.how}>
      {look.shape !== "customers" && look.shape !== "identities" && (
        <>
          <ZoneSelect
            label={t("start.read.timezone")}
            value={how.timezone ?? "UTC"}
            onChange={(timezone) => set({ timezone })}
          />
          <NativeSelect
            label={t("start.read.dates")}
            value={how.dates ?? ""}
            onChange={(event) => set({ dates: (event.currentTarget.value || null) as HowToRead["dates"] })}
            data={[
              { value: "", label: t("start.read.recognise") },
              { value: "day-first", label: t("start.read.day_first") },
              { value: "month-first", label: t("start.read.month_first") },
            ]}
          />
        </>
      )}
      {isText && (
        <>
          <NativeSelect
            label={t("start.read.delimiter")}
            value={how.delimiter ?? ""}
            onChange={(event) => set({ delimiter: event.currentTarget.value || null })}
            data={[
              { value: "", label: t("start.read.recognise") },
              { value: ",", label: t("start.read.comma") },
              { value: ";", label: t("start.read.semicolon") },
              { value: "tab", label: t("start.read.tab") },
              { value: "|", label: "|" },
            ]}
          />
          <NativeSelect
            label={t("start.read.encoding")}
            value={how.encoding ?? ""}
            onChange={(event) => set({ encoding: event.currentTarget.value || null })}
            data={[
              { value: "", label: t("start.read.recognise") },
              { value: "utf-8", label: "UTF-8" },
              { value: "windows-1251", label: "Windows-1251" },
              { value: "utf-16", label: "UTF-16" },
            ]}
          />
        </>
      )}
      {look.format === "xlsx" && (
        <TextInput
          label={t("start.read.sheet")}
          placeholder={look.sheet ?? ""}
          value={sheet}
          onChange={(event) => setSheet(event.currentTarget.value)}
          onBlur={() => (sheet || null) !== (how.sheet ?? null) && set({ sheet: sheet || null })}
        />
      )}
    </div>
  );
}
