import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Finding } from "../../data/findings";
import type { FromList } from "../../data/findingsAddress";
import { inCharge, perMonth } from "../../data/findingsModel";
import {
  count,
  type Domain,
  day,
  decimal,
  interval,
  money,
  moneyInterval,
  points,
  pointsInterval,
  share,
  signed,
} from "../../draw";
import { useWords } from "../../i18n";
import { TickIcon } from "../../ui/icons";
import { KindMark } from "../../ui/KindMark";
import { EffectBar } from "./EffectBar";
import { evidenceInterval, headline, writeEvidence } from "./evidence";
import classes from "./findings.module.css";
import { useNames } from "./words";

/** Stage, touchpoint and obstacle in one line. */
export function Place({ finding }: { finding: Finding }) {
  const { t } = useWords();
  const { obstacle } = useNames();
  const nowhere = !finding.stage && !finding.touchpoint && !finding.activity;
  return (
    <span className={classes.place}>
      {nowhere && finding.obstacle && <span>{t("findings.anywhere")}</span>}
      {finding.stage && <bdi>{finding.stage}</bdi>}
      {finding.stage && finding.touchpoint && <span aria-hidden="true">›</span>}
      {finding.touchpoint && <bdi>{finding.touchpoint}</bdi>}
      {!finding.touchpoint && finding.activity && <bdi>{finding.activity}</bdi>}
      {finding.obstacle && <span className={classes.obstacle}>{obstacle(finding.obstacle)}</span>}
    </span>
  );
}

export function Confirmed() {
  const { t } = useWords();
  return (
    <span className={classes.confirmed} title={t("findings.confirmed_about")}>
      <TickIcon size={10} /> {t("findings.confirmed")}
    </span>
  );
}

function Chips({ finding }: { finding: Finding }) {
  const { t, language } = useWords();
  const shown = finding.where.slice(0, 3);
  const more = finding.where.length - shown.length;
  if (!shown.length && !finding.since && !finding.voice?.confirmed) return null;
  return (
    <div className={classes.chips}>
      {finding.voice?.confirmed && <Confirmed />}
      {finding.since && (
        <span className={`number ${classes.since}`}>
          {t("findings.since", { day: day(finding.since, language) })}
        </span>
      )}
      {shown.map((where) => (
        <span key={`${where.attribute}=${where.value}`} className={classes.chip}>
          <bdi>
            {where.attribute}: {where.value}
          </bdi>
          <span className="number">{share(where.share, language)}</span>
        </span>
      ))}
      {more > 0 && <span className={classes.more}>+{count(more, language)}</span>}
    </div>
  );
}

function Cell({ label, children, area }: { label: string; children: ReactNode; area: string }) {
  return (
    <div className={classes.cell} data-area={area}>
      <span className={classes.cellLabel}>{label}</span>
      {children}
    </div>
  );
}

function Exposed({ finding }: { finding: Finding }) {
  const { t, language } = useWords();
  if (finding.exposed === null) return null;
  const part = finding.reached ? finding.exposed / finding.reached : null;
  return (
    <Cell
      label={t(`exposed_of.${finding.kind as "gap"}`, { defaultValue: t("findings.exposed") })}
      area="exposed"
    >
      <b className={`number ${classes.figure}`}>{count(finding.exposed, language)}</b>
      {part !== null && (
        <>
          <span className={classes.shareBar} aria-hidden="true">
            <span style={{ width: `${Math.min(100, 100 * part)}%` }} />
          </span>
          <span className={`number ${classes.more}`}>
            {t("findings.of_reached", {
              share: share(part, language),
              n: count(finding.reached, language),
            })}
          </span>
        </>
      )}
    </Cell>
  );
}

interface Scale {
  margin: number;
  domain: Domain;
  months: number;
}

function OnScore({ finding }: { finding: Finding }) {
  const { t, language } = useWords();
  const told = finding.on_score;
  if (!told) return null;
  const write = (value: number) => signed(value, language, 2);
  const range = interval(told.low, told.high, write);
  return (
    <span className={`number ${classes.scoreLine}`}>
      <b>
        {t(`kind.${told.score_kind as "nps"}`, { defaultValue: told.score_kind })} {write(told.effect)}
      </b>
      {range && <span className={classes.more}> {range}</span>}
    </span>
  );
}

function Effect({ finding, scale }: { finding: Finding; scale: Scale }) {
  const { t, language } = useWords();
  const goal = finding.on_goal;
  if (goal) {
    const range = pointsInterval(goal.low, goal.high, language);
    return (
      <Cell label={t("findings.effect")} area="effect">
        <EffectBar estimate={goal} margin={scale.margin} domain={scale.domain} width={188} />
        <span className="number">
          <b>{points(goal.effect, language)}</b>
          {range && <span className={classes.more}> {range}</span>}
        </span>
        <OnScore finding={finding} />
      </Cell>
    );
  }
  if (finding.on_score)
    return (
      <Cell label={t("findings.effect")} area="effect">
        <OnScore finding={finding} />
      </Cell>
    );
  if (finding.severity !== null)
    return (
      <Cell label={t("findings.severity")} area="effect">
        <span className="number">
          <b>{count(finding.severity, language)}</b>{" "}
          <span className={classes.more}>{t("findings.of_100")}</span>
        </span>
        <span className={classes.severity} aria-hidden="true">
          <span style={{ width: `${Math.max(0, Math.min(100, finding.severity))}%` }} />
        </span>
      </Cell>
    );
  const main = headline(finding);
  if (!main) return null;
  const range = evidenceInterval(main, t, language);
  return (
    <Cell label={t(`evidence.${main.name as "gap"}`, { defaultValue: main.name })} area="effect">
      <span className="number">
        <b>{writeEvidence(main.value, main.unit, t, language)}</b>
        {range && <span className={classes.more}> {range}</span>}
      </span>
    </Cell>
  );
}

function Loss({ finding, months }: { finding: Finding; months: number }) {
  const { t, language } = useWords();
  const lost = perMonth(finding.lost_goals, months);
  const paid = finding.money;
  if (!paid && lost === null) return null;
  const range = paid && moneyInterval(paid.low, paid.high, paid.currency, language);
  const low = perMonth(finding.lost_goals_low, months);
  const high = perMonth(finding.lost_goals_high, months);
  const goals = (value: number) => decimal(value, language, value < 10 ? 1 : 0);
  return (
    <Cell label={t("findings.loss")} area="loss">
      {paid && (
        <>
          <b className={`number ${classes.figure}`}>{money(paid.value, paid.currency, language)}</b>
          {range && <span className={`number ${classes.more}`}>{range}</span>}
        </>
      )}
      {lost !== null && (
        <span className={`number ${paid ? classes.more : classes.figure}`}>
          {t("findings.goals", { count: Math.round(lost), shown: goals(lost) })}
        </span>
      )}
      {!paid && low !== null && high !== null && (
        <span className={`number ${classes.more}`}>{interval(low, high, goals)}</span>
      )}
    </Cell>
  );
}

interface FindingRowProps {
  finding: Finding;
  scale: Scale;
  to: string;
  from: FromList;
  /** Stands where a proven finding says what it costs. */
  children?: ReactNode;
}

/** One finding: what, where, how many, what it does and what it costs. */
export function FindingRow({ finding, scale, to, from, children }: FindingRowProps) {
  const { t } = useWords();
  const { department, owner } = inCharge(finding);
  return (
    <li className={classes.row} data-kind={finding.kind} data-finding={finding.id}>
      <div className={classes.said}>
        <span className={classes.head}>
          <KindMark kind={finding.kind} />
          <Place finding={finding} />
        </span>
        <h3 className={classes.because} dir="auto">
          <Link to={to} state={from}>
            {finding.because}
          </Link>
        </h3>
        <Chips finding={finding} />
        {(department || owner) && (
          <span className={classes.more}>
            {t("findings.in_charge")}: <bdi>{[department, owner].filter(Boolean).join(" · ")}</bdi>
          </span>
        )}
      </div>
      <Exposed finding={finding} />
      <Effect finding={finding} scale={scale} />
      {children ?? <Loss finding={finding} months={scale.months} />}
    </li>
  );
}
