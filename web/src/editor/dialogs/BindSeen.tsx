import { Badge, Checkbox } from "@mantine/core";
import { count } from "../../draw";
import { useWords } from "../../i18n";
import classes from "./dialogs.module.css";
import type { Seen } from "./seen";

/** One event of the data: how often, where it came by, and which touchpoint has it. */
export function SeenRow({
  seen,
  picked,
  owners,
  channels,
  onPick,
}: {
  seen: Seen;
  picked: boolean;
  /** Other touchpoints that have it. */
  owners: readonly string[];
  /** The channels that the rule is narrowed to; none: all. */
  channels: readonly string[];
  onPick: () => void;
}) {
  const { t, language } = useWords();
  const isOutside = channels.length > 0 && !seen.channels.some((name) => channels.includes(name));
  return (
    <Checkbox
      className={classes.seen}
      checked={picked}
      onChange={onPick}
      label={
        <span className={classes.seenLabel}>
          <bdi>{seen.value}</bdi>
          <span className="number">{count(seen.events, language)}</span>
          {seen.channels.length > 0 && <span className={classes.channels}>{seen.channels.join(", ")}</span>}
          {isOutside && (
            <Badge size="sm" variant="light" color="gray" className={classes.bound}>
              {t("editor.bind_outside")}
            </Badge>
          )}
          {owners.length > 0 && (
            <Badge size="sm" variant="light" color="gray" className={classes.bound}>
              {t("editor.bound_in", { name: owners.join("», «") })}
            </Badge>
          )}
        </span>
      }
    />
  );
}
