import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import type { Finding, Findings } from "../../data/findings";
import type { FromList } from "../../data/findingsAddress";
import { about, undecidedOf } from "../../data/findingsModel";
import { useMay } from "../../data/session";
import { count, effectDomain } from "../../draw";
import { useWords } from "../../i18n";
import { FindingRow } from "./FindingRow";
import classes from "./findings.module.css";
import { useSaid } from "./said";

/** Asking for many times what there is says nothing: it will not come together. */
const MOST_TIMES = 20;
const FIRST = 10;
const PORTION = 40;

/** Why it cannot be told yet, and what would decide it. */
export function Needs({ finding }: { finding: Finding }) {
  const { t, language } = useWords();
  const say = useSaid();
  const more = finding.more_journeys;
  const counted = Boolean(more) && (more as number) <= MOST_TIMES * Math.max(finding.reached ?? 0, 1);
  return (
    <div className={classes.cell} data-area="loss">
      <span className={classes.cellLabel}>{t("findings.to_decide")}</span>
      {Boolean(more) && !counted && <b>{t("findings.many_times")}</b>}
      {counted && (
        <b className="number">
          {t("findings.needed", {
            count: about(more as number),
            shown: count(about(more as number), language),
          })}
        </b>
      )}
      {finding.reason && (
        <span className={classes.more} dir="auto">
          {say(finding.reason)}
        </span>
      )}
    </div>
  );
}

interface UndecidedProps {
  findings: Findings;
  to: (finding: Finding) => string;
  from: FromList;
  /** Nothing else was found: they are what the page has to say, and open at once. */
  alone: boolean;
}

/** Suspicions that the data neither prove nor rule out. */
export function Undecided({ findings, to, from, alone }: UndecidedProps) {
  const { t, language } = useWords();
  const open = useMemo(() => undecidedOf(findings.findings), [findings]);
  const mayEdit = useMay("edit");
  const [shown, setShown] = useState(alone ? FIRST : 0);
  const scale = useMemo(
    () => ({
      margin: findings.margin,
      months: findings.months,
      domain: effectDomain(
        open.slice(0, shown).map((finding) => finding.on_goal),
        findings.margin,
      ),
    }),
    [findings, open, shown],
  );
  if (!open.length) return null;
  const noGoal = open.every((finding) => finding.reason === "the map names no goal");
  const left = open.length - shown;
  const said = { count: open.length, shown: count(open.length, language) };
  return (
    <section className={classes.section} data-undecided={open.length}>
      <h2>{t(alone ? "findings.undecided" : "findings.undecided_more", said)}</h2>
      <p className={classes.lead}>
        {t(noGoal ? "findings.undecided_no_goal" : "findings.undecided_about")}
        {noGoal && (
          <> {mayEdit ? <Link to="/maps">{t("findings.name_goal")}</Link> : t("findings.ask_goal")}</>
        )}
      </p>
      {shown > 0 && (
        <ol className={classes.list} aria-label={t("findings.undecided_list")}>
          {open.slice(0, shown).map((finding) => (
            <FindingRow key={finding.id} finding={finding} scale={scale} from={from} to={to(finding)}>
              {!noGoal && <Needs finding={finding} />}
            </FindingRow>
          ))}
        </ol>
      )}
      {left > 0 && (
        <Button
          variant="default"
          size={shown ? "sm" : "xs"}
          className={shown ? classes.showMore : undefined}
          onClick={() => setShown(shown + (shown ? PORTION : FIRST))}
        >
          {shown
            ? t("findings.show_more", {
                n: count(Math.min(left, PORTION), language),
                all: count(left, language),
              })
            : t("findings.show_undecided")}
        </Button>
      )}
    </section>
  );
}
