import { Link, useSearchParams } from "react-router";
import { filtersOf } from "../data/findingsAddress";
import { type Flag, moneyOf } from "../data/findingsModel";
import { count, money } from "../draw";
import { useWords } from "../i18n";
import { KindIcon } from "../ui/KindMark";
import classes from "./map.module.css";

interface FindingFlagProps {
  flag: Flag | undefined;
  /** What the flag stands on: a touchpoint, or a stage as a whole. */
  touchpoint?: string;
  stage?: string;
}

/** How many findings of the worst kind there are here, and how many of others; leads to all of them. */
export function FindingFlag({ flag, ...place }: FindingFlagProps) {
  return flag ? <Planted flag={flag} {...place} /> : null;
}

function Planted({ flag, touchpoint, stage }: FindingFlagProps & { flag: Flag }) {
  const { t, language } = useWords();
  const [search] = useSearchParams();
  const { carried } = filtersOf(search);
  if (touchpoint) carried.set("touchpoint", touchpoint);
  if (stage) carried.set("stage", stage);
  const loss = moneyOf(flag.found.filter((finding) => finding.kind === flag.kind));
  const said = t("findings.flag_about", {
    place: touchpoint ?? stage ?? "",
    kind: t(`finding_kind.${flag.kind}`),
    n: count(flag.count, language),
    money: loss ? t("findings.flag_money", { money: money(loss.value, loss.currency, language) }) : "",
    others: flag.others ? t("findings.flag_others", { n: count(flag.others, language) }) : "",
  });
  return (
    <Link
      to={`/findings?${carried}`}
      className={classes.flag}
      data-kind={flag.kind}
      data-flag={flag.count}
      data-others={flag.others}
      data-place={touchpoint ?? stage}
      title={said}
    >
      <KindIcon kind={flag.kind} size={12} />
      <span className="number">
        {flag.count}
        {flag.others > 0 && <span className={classes.flagOthers}> +{flag.others}</span>}
      </span>
      {loss && (
        <span className={`number ${classes.flagMoney}`}>{money(loss.value, loss.currency, language)}</span>
      )}
      <span className="visually-hidden">{said}</span>
    </Link>
  );
}
