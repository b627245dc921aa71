import { UnstyledButton } from "@mantine/core";
import { memo } from "react";
import type { ExpectationCheck, TouchpointRow } from "../api";
import type { Flags } from "../data/findingsModel";
import { count, duration, ENOUGH, emotionTone, share, shareLevel, signed, waitLevel } from "../draw";
import { useWords } from "../i18n";
import { Face } from "../ui/Face";
import { FlagIcon } from "../ui/icons";
import { Verdict } from "../ui/Verdict";
import { sayCheck } from "./expectation";
import { FindingFlag } from "./FindingFlag";
import { heatColours, heatOf, type Metric } from "./heat";
import { HeatValue } from "./lanes/HeatLane";
import { Note } from "./lanes/Note";
import { MomentMark } from "./MomentMark";
import classes from "./map.module.css";
import { type Column, type MapModel, markOf } from "./model";
import { apartOf } from "./mood";
import type { Return } from "./returns";
import { Notes, usePartsOf } from "./TouchpointNotes";

interface Fact {
  id: string;
  name: string;
  value: string;
  more: string;
  tone?: string | undefined;
  ink?: string | undefined;
  face?: number | null;
}

function useFacts(row: TouchpointRow): Fact[] {
  const { t, language } = useWords();
  const mood = heatColours({ kind: "side", step: emotionTone(row.emotion, row.emotion_n) });
  const tinted = (name: string, level: number | null) =>
    level ? { tone: `var(--${name}-${level})`, ink: "var(--tinted-ink, var(--ink))" } : {};
  return [
    {
      id: "emotion",
      name: t("lane.emotion"),
      value: row.emotion === null ? t("map.no_answers") : signed(row.emotion, language),
      more: row.emotion === null ? "" : t("summary.n", { n: count(row.emotion_n, language) }),
      ...(mood ?? {}),
      face: row.emotion,
    },
    {
      id: "waits",
      name: t("lane.waits"),
      value: duration(row.next_median_seconds, language),
      more: row.next_n ? t("map.p90", { time: duration(row.next_p90_seconds, language) }) : "",
      ...tinted("wait", waitLevel(row.next_median_seconds, row.next_n)),
    },
    {
      id: "failures",
      name: t("lane.failures"),
      value: share(row.failure_share, language),
      more: "",
      ...tinted("level", shareLevel(row.failure_share, row.journeys)),
    },
    {
      id: "repeats",
      name: t("lane.repeats"),
      value: share(row.reached_again_share, language),
      more: "",
      ...tinted("level", shareLevel(row.reached_again_share, row.journeys)),
    },
  ];
}

function CardFacts({ row, shown }: { row: TouchpointRow; shown: (lane: string) => boolean }) {
  const facts = useFacts(row).filter((fact) => shown(fact.id));
  return (
    <dl className={classes.cardFacts}>
      {facts.map((fact) => (
        <div key={fact.id} style={{ background: fact.tone, color: fact.ink }}>
          <dt style={{ color: "inherit" }}>{fact.name}</dt>
          <dd style={{ display: "flex", gap: 6, alignItems: "center" }}>
            {fact.face !== undefined && fact.face !== null && (
              <Face emotion={fact.face} enough={row.emotion_n >= ENOUGH} size={18} />
            )}
            <span className="number">{fact.value}</span>
          </dd>
          {fact.more && (
            <dd className={classes.quiet} style={{ color: "inherit", fontWeight: 400, fontSize: 11.5 }}>
              {fact.more}
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}

function CheckLine({ check }: { check: ExpectationCheck }) {
  const { t, language } = useWords();
  return (
    <li>
      <span>
        <b>{t(`expectation.${check.expectation as "within"}`, { defaultValue: check.expectation })}</b>{" "}
        {sayCheck(check, t, language)}
      </span>
      <Verdict verdict={check.verdict} />
    </li>
  );
}

/** The author's words, each kind with what it stands on. */
function CardNotes({ column, shown }: { column: Column; shown: (lane: string) => boolean }) {
  const { t } = useWords();
  const mark = markOf(column);
  const parts = usePartsOf(column).filter((part) => shown(part.id));
  if (!parts.length && mark === null) return null;
  return (
    <details className={classes.cardMore}>
      <summary>{t("drawer.author")}</summary>
      <div className={classes.cardNotes}>
        {mark !== null && <AuthorMood column={column} mark={mark} />}
        <Notes parts={parts} of={{ column }} />
      </div>
    </details>
  );
}

function AuthorMood({ column, mark }: { column: Column; mark: number }) {
  const { t, language } = useWords();
  const apart = apartOf(column);
  return (
    <Note label={t("lane.emotion")}>
      {t("living.author_mark", { mark: signed(mark, language, 1) })}
      {apart !== null && <> · {t(apart > 0 ? "living.apart_better" : "living.apart_worse")}</>}
    </Note>
  );
}

interface CardProps {
  column: Column;
  model: MapModel;
  most: number;
  flags: Flags | undefined;
  heat: readonly Metric[];
  shown: (lane: string) => boolean;
  returns: readonly Return[];
  onOpen: (name: string) => void;
}

function HeatChips({ column, model, flags, heat }: Pick<CardProps, "column" | "model" | "flags" | "heat">) {
  const { t, language } = useWords();
  if (!heat.length) return null;
  return (
    <dl className={classes.cardFacts}>
      {heat.map((metric) => {
        const value = heatOf(metric, column, model, flags, language);
        const colours = value && heatColours(value);
        return (
          <div key={metric} style={{ background: colours?.tone, color: colours?.ink }}>
            <dt style={{ color: "inherit" }}>{t(`living.metric.${metric}`)}</dt>
            <dd style={{ display: "flex", gap: 6, alignItems: "baseline" }}>
              {value ? <HeatValue heat={value} metric={metric} /> : "–"}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** One touchpoint as a card: all that its column shows on a wide screen. */
export const TouchpointCard = memo(function TouchpointCard({
  column,
  model,
  most,
  flags,
  heat,
  shown,
  returns,
  onOpen,
}: CardProps) {
  const { t, language } = useWords();
  const row = column.row;
  const part = (value: number) => `${(100 * value) / Math.max(1, most)}%`;
  const flag = flags?.touchpoints.get(column.name);
  return (
    <article className={classes.card} data-touchpoint={column.name}>
      <UnstyledButton className={classes.cardHead} onClick={() => onOpen(column.name)} aria-haspopup="dialog">
        <span>
          <span className={classes.cardName} dir="auto">
            {column.name}
          </span>
          <span className={classes.marks}>
            <MomentMark marked={Boolean(column.drawn?.moment_of_truth || row?.moment_of_truth)} flag={flag} />
            {row?.goal && (
              <span className={classes.goal}>
                <FlagIcon size={12} />
                {t("map.goal")}
              </span>
            )}
          </span>
        </span>
        <span style={{ textAlign: "end" }}>
          <b className="number">
            {row ? count(row.journeys, language) : model.journeys > 0 && t("map.not_reached")}
          </b>
          {row && row.drop_off > 0 && (
            <span className={`number ${classes.lost}`} style={{ display: "block", fontSize: 12 }}>
              {t("map.drop_off", {
                n: count(row.drop_off, language),
                share: share(row.drop_off_share, language),
              })}
            </span>
          )}
        </span>
      </UnstyledButton>
      <FindingFlag flag={flag} touchpoint={column.name} />
      {row && (
        <>
          <div className={classes.cardBar} aria-hidden="true">
            <span style={{ width: part(row.journeys - row.drop_off) }} />
            <span style={{ width: part(row.drop_off) }} />
          </div>
          <HeatChips column={column} model={model} flags={flags} heat={heat} />
          <CardFacts row={row} shown={shown} />
        </>
      )}
      {returns.length > 0 && (
        <ul className={classes.cardChecks}>
          {returns.map((back) => (
            <li key={back.to.index}>
              <span>
                <span aria-hidden="true">↩ </span>
                {t("living.returns_to", { to: back.to.name })}
              </span>
              <b className="number">{count(back.journeys, language)}</b>
            </li>
          ))}
        </ul>
      )}
      {row && row.expectations.length > 0 && shown("reality") && (
        <ul className={classes.cardChecks}>
          {row.expectations.map((check) => (
            <CheckLine key={check.expectation} check={check} />
          ))}
        </ul>
      )}
      <CardNotes column={column} shown={shown} />
    </article>
  );
});
