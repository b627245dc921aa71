import { duration, EMOTION_STEPS, SHARE_STEPS, share, signed, WAIT_STEPS } from "../draw";
import { useWords } from "../i18n";
import { Verdict } from "../ui/Verdict";
import classes from "./map.module.css";
import type { MapModel } from "./model";

function Steps({
  colours,
  steps,
  write,
}: {
  colours: string[];
  steps: readonly number[];
  write: (value: number) => string;
}) {
  const labels = [`< ${write(steps[0] ?? 0)}`, ...steps.map((step) => `≥ ${write(step)}`)];
  return (
    <span className={classes.steps}>
      {colours.map((colour, i) => (
        <span key={colour} className="number" style={{ background: colour }}>
          {labels[i]}
        </span>
      ))}
    </span>
  );
}

const sequence = (name: string) => [0, 1, 2, 3, 4].map((level) => `var(--${name}-${level})`);

/** What the colours and marks mean, with the thresholds at which they change. */
export function Legend({ model }: { model: MapModel }) {
  const { t, language } = useWords();
  const has = (kind: string) => model.lanes.some((lane) => lane.kind === kind);
  return (
    <section className={classes.legend} aria-label={t("map.legend")}>
      {has("emotion") && (
        <span className={classes.legendGroup}>
          <b>{t("legend.emotion")}</b> {t("legend.worse")}
          <Steps
            colours={["var(--bad-2)", "var(--bad-1)", "var(--tone-0)", "var(--good-1)", "var(--good-2)"]}
            steps={EMOTION_STEPS}
            write={(value) => signed(value, language)}
          />
          {t("legend.better")}
        </span>
      )}
      {(has("failures") || has("repeats")) && (
        <span className={classes.legendGroup}>
          <b>{t("legend.share")}</b>
          <Steps colours={sequence("level")} steps={SHARE_STEPS} write={(value) => share(value, language)} />
        </span>
      )}
      {has("waits") && (
        <span className={classes.legendGroup}>
          <b>{t("legend.waits")}</b>
          <Steps colours={sequence("wait")} steps={WAIT_STEPS} write={(value) => duration(value, language)} />
        </span>
      )}
      {has("expectations") && (
        <span className={classes.legendGroup}>
          <b>{t("legend.verdict")}</b>
          <Verdict verdict="kept" />
          <Verdict verdict="unsure" />
          <Verdict verdict="missed" />
        </span>
      )}
      <span className={classes.legendGroup}>{t("legend.grey")}</span>
      <span className={classes.legendGroup}>
        <span className={classes.dot} aria-hidden="true" /> {t("legend.measured")}
      </span>
      {model.hasMap && (
        <span className={classes.legendGroup}>
          <span className={classes.swatchNote} aria-hidden="true" /> {t("legend.authored")}
        </span>
      )}
    </section>
  );
}
