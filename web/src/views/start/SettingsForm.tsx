import { Button, NumberInput, Select, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import type { WorkspaceSettings } from "../../api";
import { ErrorPanel } from "../../data/ErrorPanel";
import type { ServiceError } from "../../data/errors";
import { useMay } from "../../data/session";
import { useWords } from "../../i18n";
import { Wrong } from "./FileCard";
import { ZoneSelect } from "./HowRead";
import { useSaveSettings, useSettings } from "./queries";
import classes from "./start.module.css";

const CURRENCIES = ["RUB", "USD", "EUR", "KZT", "BYN", "UZS", "AMD", "GEL", "GBP", "CNY", "TRY", "AED"];

function Fields({ settings }: { settings: WorkspaceSettings }) {
  const { t } = useWords();
  const owner = useMay("own");
  const saving = useSaveSettings();
  const [typed, setTyped] = useState(settings);
  useEffect(() => setTyped(settings), [settings]);
  const set = (change: Partial<WorkspaceSettings>) => setTyped((before) => ({ ...before, ...change }));
  const changed = JSON.stringify(typed) !== JSON.stringify(settings);
  const currencies = [...new Set([...(typed.currency ? [typed.currency] : []), ...CURRENCIES])];
  return (
    <form
      className={classes.settings}
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate({ ...typed, name: typed.name.trim() });
      }}
    >
      <fieldset disabled={!owner} className={classes.fields}>
        <TextInput
          label={t("start.settings.name")}
          value={typed.name}
          maxLength={200}
          required
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Select
          label={t("start.settings.language")}
          description={t("start.settings.language_about")}
          data={[
            { value: "ru", label: t("start.settings.ru") },
            { value: "en", label: t("start.settings.en") },
          ]}
          value={typed.language ?? "en"}
          allowDeselect={false}
          disabled={!owner}
          onChange={(language) => set({ language: language === "ru" ? "ru" : "en" })}
        />
        <ZoneSelect
          label={t("start.settings.timezone")}
          value={typed.timezone ?? "UTC"}
          onChange={(timezone) => set({ timezone })}
        />
        <Select
          label={t("start.settings.currency")}
          data={currencies}
          value={typed.currency || null}
          searchable
          clearable
          disabled={!owner}
          placeholder={t("start.settings.no_currency")}
          clearButtonProps={{ "aria-label": t("start.settings.no_currency") }}
          onChange={(currency) => set({ currency: currency ?? "" })}
        />
        <NumberInput
          label={t("start.settings.goal_price")}
          description={t("start.settings.goal_price_about")}
          placeholder={t("start.settings.by_data")}
          value={typed.goal_price ?? ""}
          min={0}
          hideControls
          thousandSeparator=" "
          onChange={(price) => set({ goal_price: typeof price === "number" && price > 0 ? price : null })}
        />
      </fieldset>
      <p className={classes.note}>{t("start.settings.zone_about")}</p>
      {saving.error && <Wrong error={saving.error as ServiceError} />}
      {owner ? (
        <div className={classes.loadRow}>
          <Button type="submit" disabled={!changed || !typed.name.trim()} loading={saving.isPending}>
            {t("start.settings.save")}
          </Button>
          {saving.isSuccess && !changed && (
            <span className={classes.note} role="status">
              {t("start.settings.saved")}
            </span>
          )}
        </div>
      ) : (
        <p className={classes.note}>{t("start.settings.owner_only")}</p>
      )}
    </form>
  );
}

/** Name, language, time zone, currency and the price of a goal. */
export function SettingsForm() {
  const settings = useSettings();
  if (settings.error) return <ErrorPanel error={settings.error} onRetry={() => void settings.refetch()} />;
  return settings.data ? <Fields settings={settings.data} /> : null;
}
