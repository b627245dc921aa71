import { Button } from "@mantine/core";
import { useState } from "react";
import type { Happened, Life } from "../../api";
import { count, decimal, duration } from "../../draw";
import { useWords } from "../../i18n";
import { useTimes } from "../../i18n/times";
import { type Band, bandsOf, failed } from "./bands";
import classes from "./journey.module.css";

/** More steps at once are slow to draw: the rest comes on demand. */
const PORTION = 150;

/** The journey in one line: stages as bands, steps as beads. */
export function Ribbon({ life, here }: { life: Life; here: string | null }) {
  const { t } = useWords();
  return (
    <div className={classes.ribbon} aria-hidden="true">
      {bandsOf(life.steps.slice(0, PORTION)).map((band) => (
        <span
          key={band.steps[0]?.index}
          className={classes.ribbonBand}
          style={{ flexGrow: band.steps.length }}
          title={band.stage ?? t("drawer.off_map")}
        >
          <span className={classes.beads}>
            {band.steps.map(({ step, index }) => (
              <i
                key={index}
                data-here={(here !== null && step.touchpoint === here) || undefined}
                data-failed={failed(step) || undefined}
                data-said={step.what === "feedback" || undefined}
              />
            ))}
          </span>
          <span className={classes.ribbonName}>{band.stage ?? ""}</span>
        </span>
      ))}
    </div>
  );
}

function Said({ step }: { step: Happened }) {
  const { t, language } = useWords();
  return (
    <blockquote className={classes.said}>
      <p className={classes.more}>
        {t(`kind.${step.kind as "nps"}`, { defaultValue: step.kind ?? "" })}
        {step.score !== null && <b className="number"> {decimal(step.score, language)}</b>}
      </p>
      {step.text && <p dir="auto">{step.text}</p>}
    </blockquote>
  );
}

function StepLine({ step, here }: { step: Happened; here: string | null }) {
  const { t, language } = useWords();
  const { moment } = useTimes();
  const said = step.what === "feedback";
  const status = step.status && step.status !== "ok" ? step.status : null;
  return (
    <li
      className={classes.step}
      data-here={(here !== null && step.touchpoint === here && !said) || undefined}
      data-failed={failed(step) || undefined}
      data-said={said || undefined}
    >
      {step.gap_seconds !== null && step.gap_seconds >= 1 && (
        <span className={`number ${classes.gap}`}>{duration(step.gap_seconds, language)}</span>
      )}
      <div className={classes.line}>
        <span className={classes.dot} aria-hidden="true" />
        {said ? (
          <Said step={step} />
        ) : (
          <>
            <bdi className={classes.name}>{step.touchpoint ?? step.activity}</bdi>
            {step.touchpoint && step.activity !== step.touchpoint && (
              <bdi className={classes.more}>{step.activity}</bdi>
            )}
            {!step.touchpoint && <span className={classes.more}>{t("drawer.off_map")}</span>}
            {step.channel && <span className={classes.more}>{step.channel}</span>}
            {step.performer && <bdi className={classes.more}>{step.performer}</bdi>}
            {failed(step) ? (
              <span className={classes.failed}>{t("drawer.failed")}</span>
            ) : (
              status && <bdi className={classes.status}>{status}</bdi>
            )}
          </>
        )}
        <span className={`number ${classes.when}`}>{moment(step.time, false)}</span>
      </div>
    </li>
  );
}

function BandBox({ band, here }: { band: Band; here: string | null }) {
  const { t, language } = useWords();
  return (
    <section className={classes.band} data-off={band.stage === null || undefined}>
      <h4>
        <bdi>{band.stage ?? t("drawer.off_map")}</bdi>
        {band.seconds !== null && band.seconds > 0 && (
          <span className={`number ${classes.more}`}>{duration(band.seconds, language)}</span>
        )}
      </h4>
      <ol>
        {band.steps.map(({ step, index }) => (
          <StepLine key={index} step={step} here={here} />
        ))}
      </ol>
    </section>
  );
}

export function Outcome({ outcome }: { outcome: string | null }) {
  const { t } = useWords();
  if (!outcome) return null;
  return (
    <span className={classes.outcome} data-outcome={outcome}>
      {t(`outcome.${outcome as "left"}`, { defaultValue: outcome })}
    </span>
  );
}

/** When, how long and how it ended. */
export function LifeFacts({ life }: { life: Life }) {
  const { t, language } = useWords();
  const { day } = useTimes();
  return (
    <p className={classes.facts}>
      <Outcome outcome={life.outcome} />
      <span className="number">
        {day(life.begins)} – {day(life.ends)}
      </span>
      <span className="number">{duration(life.duration_seconds, language)}</span>
      <span className="number">
        {t("unit.events", { count: life.events, shown: count(life.events, language) })}
      </span>
    </p>
  );
}

/** One journey, step by step, with the stages of the map as bands and what the customer said in between. */
export function Lived({ life, here }: { life: Life; here: string | null }) {
  const { t, language } = useWords();
  const [portion, setPortion] = useState(PORTION);
  const more = life.steps.length - portion;
  const attributes = Object.entries(life.attributes);
  return (
    <article className={classes.life} data-life={life.case_id ?? ""}>
      {life.case_id && (
        <h3>
          <bdi>{t("drawer.case", { id: life.case_id })}</bdi>
        </h3>
      )}
      <LifeFacts life={life} />
      <p className={classes.more}>{t("journey.utc")}</p>
      {attributes.length > 0 && (
        <p className={classes.attributes}>
          {attributes.map(([name, value]) => (
            <bdi key={name}>
              {name}: {value}
            </bdi>
          ))}
        </p>
      )}
      {bandsOf(life.steps.slice(0, portion)).map((band) => (
        <BandBox key={band.steps[0]?.index} band={band} here={here} />
      ))}
      {more > 0 && (
        <Button variant="default" size="xs" onClick={() => setPortion(portion + PORTION)}>
          {t("journey.more", { count: more, shown: count(more, language) })}
        </Button>
      )}
    </article>
  );
}
