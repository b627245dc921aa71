import { Anchor } from "@mantine/core";
import type { Look } from "../../api";
import { useWords } from "../../i18n";
import { guessed, type Held, lookAt, reading } from "./files";
import { shortName } from "./LongName";
import { useSaid } from "./said";
import classes from "./start.module.css";

/** So many guesses are told beside the name of the file; the others are in the table below it. */
const MOST_GUESSES = 12;

/** What no name tells, and what can hardly be meant: said where it cannot be folded away. */
export function Doubts({ one, look }: { one: Held; look: Look }) {
  const { t } = useWords();
  const say = useSaid();
  const names = guessed(look).map((column) =>
    t("start.file.taken_for", {
      column: shortName(column.name),
      role: t(`start.role.${column.role}` as "start.role.time").toLowerCase(),
    }),
  );
  const more = names.length - MOST_GUESSES;
  const told = [
    ...names.slice(0, MOST_GUESSES),
    ...(more > 0 ? [t("start.file.guessed_more", { n: more })] : []),
  ];
  return (
    <>
      {names.length > 0 && (
        <p className={classes.guessed} dir="auto">
          {t("start.file.guessed", { names: told.join("; ") })}
        </p>
      )}
      {((one.checked ?? look.trial).warnings ?? []).map((warning) => (
        <p key={warning} className={classes.guessed} data-warning="" role="alert" dir="auto">
          {say(warning).text}
        </p>
      ))}
    </>
  );
}

/** A new workspace counts in UTC: times without a zone would be hours off where nobody says so. */
export function OwnZone({ one, look }: { one: Held; look: Look }) {
  const { t } = useWords();
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const how = reading(look);
  if (how.timezone !== "UTC" || here === "UTC" || !look.trial.first) return null;
  return (
    <p className={classes.note}>
      {t("start.file.in_utc")}{" "}
      <Anchor
        component="button"
        type="button"
        inherit
        onClick={() => void lookAt(one.key, look.shape, { ...how, timezone: here })}
      >
        {t("start.file.take_zone", { zone: here })}
      </Anchor>
    </p>
  );
}
