import { Popover, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import type { LivingMap, Score } from "../api";
import { count, duration, ENOUGH, interval, type Language, share, shareInterval } from "../draw";
import { type Translate, useWords } from "../i18n";
import { writeScore } from "../map/score";
import classes from "./page.module.css";

interface TileProps {
  label: string;
  value: ReactNode;
  more?: ReactNode;
  about?: string;
  few?: boolean;
}

function Tile({ label, value, more, about, few }: TileProps) {
  const body = (
    <>
      <span className={classes.tileLabel}>{label}</span>
      <span className={`number ${classes.tileValue}`} data-few={few || undefined}>
        {value}
      </span>
      <span className={`number ${classes.tileMore}`}>{more}</span>
    </>
  );
  if (!about) return <div className={classes.tile}>{body}</div>;
  return (
    <Popover width={280} shadow="md" withArrow position="bottom-start">
      <Popover.Target>
        <UnstyledButton className={classes.tile}>{body}</UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.about} role="note">
        {about}
      </Popover.Dropdown>
    </Popover>
  );
}

function scoreTile(score: Score, t: Translate, language: Language) {
  const write = writeScore(score, language);
  const range = interval(score.value_low, score.value_high, write);
  const metric = score.metric.toLowerCase();
  return (
    <Tile
      key={`${score.kind}-${score.metric}`}
      label={metric === "rating" ? t("summary.rating") : score.metric.toUpperCase()}
      value={write(score.value)}
      few={score.n < ENOUGH}
      more={
        <>
          {range && `${range} · `}
          {t("summary.n", { n: count(score.n, language) })}
        </>
      }
      about={t(`summary.${metric as "nps"}_about`, { defaultValue: score.metric })}
    />
  );
}

function CoverageTile({ answer }: { answer: LivingMap }) {
  const { t, language } = useWords();
  const { coverage } = answer;
  const journeys = share(coverage.journeys_share, language);
  const events = share(coverage.events_share, language);
  return (
    <Popover width={340} shadow="md" withArrow position="bottom-start" trapFocus>
      <Popover.Target>
        <UnstyledButton className={classes.tile}>
          <span className={classes.tileLabel}>{t("summary.coverage")}</span>
          <span className={`number ${classes.tileValue}`}>{journeys}</span>
          <span className={`number ${classes.tileMore}`}>
            {t("summary.of_journeys")} · {t("summary.of_events", { share: events })}
          </span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.about} aria-label={t("coverage.title")}>
        <p>{t("coverage.explained", { share: journeys, events })}</p>
        {coverage.unmapped.length > 0 && (
          <>
            <h3>{t("coverage.unmapped")}</h3>
            <ul>
              {coverage.unmapped.slice(0, 6).map((item) => (
                <li key={item.activity}>
                  <bdi>{item.activity}</bdi>
                  <span className="number">
                    {t("unit.journeys", { count: item.journeys, shown: count(item.journeys, language) })}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
        {coverage.leaves.length > 0 && (
          <>
            <h3>{t("coverage.leaves")}</h3>
            <ul>
              {coverage.leaves.slice(0, 6).map((item) => (
                <li key={item.touchpoint ?? ""}>
                  <bdi>{item.touchpoint ?? t("drawer.start")}</bdi>
                  <span className="number">
                    {t("unit.journeys", { count: item.journeys, shown: count(item.journeys, language) })}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

/** The numbers that a head of CX reads first, each with n or its interval. */
export function Summary({ answer }: { answer: LivingMap }) {
  const { t, language } = useWords();
  const { overview } = answer;
  const goalRange = shareInterval(overview.goal_rate_low, overview.goal_rate_high, language);
  return (
    <section className={classes.summary} aria-label={t("summary.title")}>
      <Tile
        label={t("summary.journeys")}
        value={count(overview.journeys, language)}
        more={t("unit.customers", { count: overview.customers, shown: count(overview.customers, language) })}
        about={t(`unit.${overview.unit as "case"}`, { defaultValue: overview.unit })}
      />
      {overview.goal_rate !== null && (
        <Tile
          label={t("summary.goal_rate")}
          value={share(overview.goal_rate, language)}
          more={goalRange && t("summary.interval", { range: goalRange })}
          about={[
            t("header.goal", { goal: overview.goal.join(", ") }) +
              (overview.within_seconds
                ? `, ${t("header.within", { time: duration(overview.within_seconds, language) })}`
                : ""),
            t("summary.goal_rate_about", { decided: share(overview.goal_rate_decided, language) }),
          ].join(". ")}
        />
      )}
      {overview.time_to_goal_n > 0 && (
        <Tile
          label={t("summary.time_to_goal")}
          value={duration(overview.time_to_goal_median_seconds, language)}
          more={t("summary.p90", { time: duration(overview.time_to_goal_p90_seconds, language) })}
          about={t("summary.time_to_goal_about", {
            p90: duration(overview.time_to_goal_p90_seconds, language),
          })}
        />
      )}
      {overview.under_way > 0 && (
        <Tile
          label={t("summary.under_way")}
          value={count(overview.under_way, language)}
          more={share(overview.under_way / Math.max(1, overview.journeys), language)}
          about={t("summary.under_way_about", {
            within: overview.within_seconds
              ? t("summary.under_way_within", { time: duration(overview.within_seconds, language) })
              : "",
            idle: duration(overview.under_way_idle_seconds, language),
          })}
        />
      )}
      {overview.scores.map((score) => scoreTile(score, t, language))}
      {answer.map && answer.coverage.journeys_share !== null && <CoverageTile answer={answer} />}
    </section>
  );
}
