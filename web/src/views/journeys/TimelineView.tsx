import { Button } from "@mantine/core";
import { Fragment, type KeyboardEvent, memo, useCallback, useMemo, useRef, useState } from "react";
import type { Happened, Life } from "../../api";
import { count, decimal, duration } from "../../draw";
import { useWords } from "../../i18n";
import { useTimes } from "../../i18n/times";
import kit from "../explore/explore.module.css";
import { failed } from "../journey/bands";
import { ChannelMark } from "./ChannelMark";
import classes from "./journeys.module.css";
import { type Column, LONG_PAUSE, timelineOf } from "./timeline";

/** More at once is slow to draw; the rest comes on demand. */
const PORTION = 150;
const HEAD = 98;
const CARD = 176;

/** One journey from left to right: lanes by who acts, stages of the map as bands, time pressed together. */
export function TimelineView({ life, currency }: { life: Life; currency: string }) {
  const { t, language } = useWords();
  const [portion, setPortion] = useState(PORTION);
  const [open, setOpen] = useState(0);
  const box = useRef<HTMLElement>(null);
  const told = useMemo(() => timelineOf(life, portion), [life, portion]);
  const more = life.steps.length - portion;
  const template = `${HEAD}px ${told.columns.map((column) => `${column.room}px ${CARD}px`).join(" ")}`;

  const show = useCallback((index: number) => setOpen(index), []);
  const onKey = (event: KeyboardEvent) => {
    const last = told.columns.length - 1;
    const next = { ArrowRight: open + 1, ArrowLeft: open - 1, Home: 0, End: last }[event.key];
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(last, next));
    setOpen(to);
    box.current?.querySelector<HTMLElement>(`[data-step="${to}"]`)?.focus();
  };

  const opened = told.columns[open];
  return (
    <div className={classes.noPrint}>
      <section
        ref={box}
        className={classes.timeline}
        aria-label={t("explore.journey.timeline")}
        onKeyDown={onKey}
      >
        <div
          className={classes.lanes}
          style={{
            gridTemplateColumns: template,
            gridTemplateRows: `auto auto repeat(${told.lanes.length}, minmax(56px, auto))`,
          }}
        >
          <div className={classes.laneName} style={{ gridRow: 1, gridColumn: 1 }}>
            {t("explore.journey.stage")}
          </div>
          <div className={classes.laneName} style={{ gridRow: 2, gridColumn: 1 }}>
            {t("explore.journey.time")}
          </div>
          {told.lanes.map((lane, row) => (
            <Fragment key={lane}>
              <div className={classes.laneName} style={{ gridRow: row + 3, gridColumn: 1 }}>
                {t(`explore.lane.${lane}`)}
              </div>
              <div
                className={classes.laneGround}
                style={{ gridRow: row + 3, gridColumn: `2 / span ${2 * told.columns.length}` }}
              />
            </Fragment>
          ))}
          {told.stretches.map((stretch, place) => (
            <div
              key={stretch.from}
              className={classes.stage}
              data-odd={(place % 2 === 1 && stretch.stage !== null) || undefined}
              data-off={stretch.stage === null || undefined}
              style={{ gridRow: 1, gridColumn: `${2 + 2 * stretch.from} / ${4 + 2 * stretch.to}` }}
            >
              <bdi title={stretch.stage ?? undefined}>{stretch.stage ?? t("drawer.off_map")}</bdi>
              {stretch.seconds > 0 && (
                <span className={`number ${classes.more}`}>{duration(stretch.seconds, language)}</span>
              )}
            </div>
          ))}
          {told.columns.map((column) => (
            <EventOf
              key={column.index}
              column={column}
              row={told.lanes.indexOf(column.lane) + 3}
              open={column.index === open}
              goal={life.goal_at !== null && column.step.time === life.goal_at}
              onShow={show}
            />
          ))}
        </div>
      </section>
      {more > 0 && (
        <Button variant="default" size="xs" mt="xs" onClick={() => setPortion(portion + PORTION)}>
          {t("journey.more", { count: more, shown: count(more, language) })}
        </Button>
      )}
      {opened && <Opened column={opened} currency={currency} />}
    </div>
  );
}

interface EventProps {
  column: Column;
  row: number;
  open: boolean;
  goal: boolean;
  onShow: (index: number) => void;
}

const EventOf = memo(function EventOf({ column, row, open, goal, onShow }: EventProps) {
  const { t, language } = useWords();
  const { moment } = useTimes();
  const { step, index } = column;
  const at = 2 + 2 * index;
  const said = column.lane === "words";
  const status = step.status && step.status !== "ok" && !failed(step) ? step.status : null;
  return (
    <>
      {column.gap_seconds !== null && column.gap_seconds >= 60 && (
        <span
          className={`number ${classes.gap}`}
          data-long={column.gap_seconds >= LONG_PAUSE || undefined}
          style={{ gridRow: 2, gridColumn: at }}
        >
          {duration(column.gap_seconds, language)}
        </span>
      )}
      <span className={`number ${classes.clock}`} style={{ gridRow: 2, gridColumn: at + 1 }}>
        {moment(step.time, false)}
      </span>
      <button
        type="button"
        className={classes.event}
        style={{ gridRow: row, gridColumn: at + 1 }}
        data-step={index}
        data-said={said || undefined}
        data-off={(!said && step.touchpoint === null) || undefined}
        data-failed={failed(step) || undefined}
        data-goal={(goal && !said) || undefined}
        aria-current={open ? "step" : undefined}
        tabIndex={open ? 0 : -1}
        onClick={() => onShow(index)}
        onFocus={() => onShow(index)}
      >
        {said ? (
          <SaidText step={step} />
        ) : (
          <bdi className={classes.name}>{step.touchpoint ?? step.activity}</bdi>
        )}
        {!said && step.touchpoint && step.activity !== step.touchpoint && (
          <bdi className={classes.more}>{step.activity}</bdi>
        )}
        {step.channel && <ChannelMark channel={step.channel} />}
        {step.performer && <bdi className={classes.more}>{step.performer}</bdi>}
        {goal && !said && <span className={classes.good}>{t("explore.journey.goal")}</span>}
        {failed(step) && <span className={classes.bad}>{t("drawer.failed")}</span>}
        {status && <bdi className={classes.more}>{status}</bdi>}
        <Promise_ late={column.late_seconds} promised={step.promised_at} />
        {step.value !== null && (
          <span className={`number ${classes.more}`}>
            {t("explore.journey.value", { n: decimal(step.value, language, 0) })}
          </span>
        )}
      </button>
    </>
  );
});

function SaidText({ step }: { step: Happened }) {
  const { t, language } = useWords();
  return (
    <>
      <span className={classes.name}>
        {t(`kind.${step.kind as "nps"}`, { defaultValue: step.kind ?? "" })}
        {step.score !== null && <b className="number"> {decimal(step.score, language)}</b>}
      </span>
      {step.text && (
        <span className={classes.text} dir="auto">
          {step.text}
        </span>
      )}
    </>
  );
}

/** What was promised against what was done. */
function Promise_({ late, promised }: { late: number | null; promised: string | null }) {
  const { t, language } = useWords();
  const { moment } = useTimes();
  if (!promised) return null;
  if (late === null)
    return (
      <span className={classes.more}>{t("explore.journey.promised", { when: moment(promised, false) })}</span>
    );
  return late > 0 ? (
    <span className={classes.bad}>{t("explore.journey.late", { time: duration(late, language) })}</span>
  ) : (
    <span className={classes.good}>{t("explore.journey.in_time", { time: duration(-late, language) })}</span>
  );
}

/** Everything that is known of the event under the cursor. */
function Opened({ column, currency }: { column: Column; currency: string }) {
  const { t, language } = useWords();
  const { moment } = useTimes();
  const { step } = column;
  const rows: [string, string | null][] = [
    [t("explore.journey.time"), moment(step.time)],
    [t("explore.journey.activity"), step.activity],
    [t("explore.by.touchpoint"), step.touchpoint],
    [t("explore.journey.stage"), step.stage],
    [t("explore.journey.channel"), step.channel],
    [t("explore.journey.performer"), step.performer],
    [t("explore.journey.status"), step.status],
    [t("explore.journey.ended"), step.ended_at ? moment(step.ended_at) : null],
    [t("explore.journey.promised_at"), step.promised_at ? moment(step.promised_at) : null],
    [
      t("explore.sort.value"),
      step.value === null ? null : `${decimal(step.value, language, 0)} ${currency}`.trim(),
    ],
    [t("explore.journey.score"), step.score === null ? null : decimal(step.score, language)],
    [t("explore.journey.text"), step.text],
    ...Object.entries(step.attributes).sort(([a], [b]) => (a < b ? -1 : 1)),
  ];
  return (
    <section className={kit.card} style={{ marginTop: 10 }} aria-live="polite" data-opened={column.index}>
      <h3 style={{ marginTop: 0 }}>
        {t("explore.journey.event_n", { n: count(column.index + 1, language) })}
      </h3>
      <dl className={classes.opened}>
        {rows.map(([name, value]) =>
          value ? (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </section>
  );
}
