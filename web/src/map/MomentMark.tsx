import type { Flag } from "../data/findingsModel";
import { useWords } from "../i18n";
import { StarIcon } from "../ui/icons";
import classes from "./marks.module.css";

interface MomentMarkProps {
  /** The author of the map says so. */
  marked: boolean;
  flag: Flag | undefined;
}

/** A moment of truth: filled where the data shows it, an outline where only the author says so. */
export function MomentMark({ marked, flag }: MomentMarkProps) {
  const { t } = useWords();
  const found = flag?.found.some((finding) => finding.kind === "moment_of_truth") ?? false;
  if (!marked && !found) return null;
  const who = marked && found ? "both" : found ? "data" : "author";
  return (
    <span className={classes.moment} data-who={who} title={t(`living.moment_about.${who}`)}>
      <StarIcon size={12} />
      <span>{t("map.moment_of_truth")}</span>
      <span className={classes.who}>{t(`living.moment.${who}`)}</span>
    </span>
  );
}
