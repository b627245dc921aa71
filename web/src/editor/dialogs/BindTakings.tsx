import { Button } from "@mantine/core";
import { useWords } from "../../i18n";
import type { Held, Taken } from "../model/binding";
import classes from "./dialogs.module.css";

const SHOWN = 6;

/** What others give over when this is saved, and what they cannot give. */
export function Takings({
  taken,
  held,
  onLeave,
}: {
  taken: readonly Taken[];
  held: readonly Held[];
  /** Unpick these events. */
  onLeave: (values: readonly string[]) => void;
}) {
  const { t } = useWords();
  const named = (values: readonly string[]) =>
    values.length > SHOWN
      ? t("editor.bind_values_more", {
          names: values.slice(0, SHOWN).join(", "),
          shown: `${values.length - SHOWN}`,
        })
      : values.join(", ");
  return (
    <div className={classes.takings} role="status">
      {held.map(({ by, values, expressions }) => (
        <p key={`held ${by}`} data-held="">
          {t("editor.bind_held", { names: named(values), from: by, expressions: expressions.join(", ") })}{" "}
          <Button size="compact-xs" variant="default" onClick={() => onLeave(values)}>
            {t("editor.bind_leave")}
          </Button>
        </p>
      ))}
      {taken.map(({ from, values, isLast, isWider }) => (
        <p key={`taken ${from}`}>
          {t("editor.bind_takes", { from, names: named(values) })}
          {isLast && ` ${t("editor.bind_takes_last", { from })}`}
          {isWider && ` ${t("editor.bind_takes_wider", { from })}`}
        </p>
      ))}
    </div>
  );
}
