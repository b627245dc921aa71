import type { View } from "../data/view";
import { duration, SHARE_STEPS, share, WAIT_STEPS } from "../draw";
import { useWords } from "../i18n";
import { StarIcon } from "../ui/icons";
import { Verdict } from "../ui/Verdict";
import { SourceIcon } from "./EvidenceTag";
import { SOURCES } from "./evidence";
import evidenceClasses from "./evidence.module.css";
import { type Heat, heatColours, heatSteps, isMetric, type Metric } from "./heat";
import classes from "./map.module.css";
import marks from "./marks.module.css";
import type { MapModel } from "./model";
import scales from "./scales.module.css";
import { shownLanes } from "./shown";

interface Step {
  colour: string;
  ink: string;
  label: string;
}

function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <span className={scales.steps}>
      {steps.map(({ colour, ink, label }) => (
        <span key={colour} className="number" style={{ background: colour, color: ink }}>
          {label}
        </span>
      ))}
    </span>
  );
}

const tinted = (name: "level" | "wait", labels: readonly string[]): Step[] =>
  labels.map((label, i) => ({
    colour: i === 0 ? "transparent" : `var(--${name}-${i})`,
    ink: i === 0 ? "inherit" : "var(--tinted-ink, var(--ink))",
    label,
  }));

const bounds = (steps: readonly string[]): string[] => [`< ${steps[0]}`, ...steps.map((step) => `≥ ${step}`)];

/** Where the colours of one metric of the heat map change. */
function HeatKey({ metric }: { metric: Metric }) {
  const { t, language } = useWords();
  const told = heatSteps(metric, language);
  const kind: Heat["kind"] = told?.kind ?? "side";
  const first = kind === "side" ? -2 : 0;
  const labels = told
    ? bounds(told.steps)
    : [
        t("living.gap_step.far"),
        t("living.gap_step.missed"),
        t("living.gap_step.unsure"),
        t("living.gap_step.kept"),
        t("living.gap_step.well"),
      ];
  const steps = labels.map((label, i) => {
    const colours = heatColours({ kind, step: first + i });
    return { colour: colours?.tone ?? "", ink: colours?.ink ?? "", label };
  });
  const relative = metric === "journeys" || metric === "money";
  return (
    <span className={classes.legendGroup}>
      <b>{t(`living.metric.${metric}`)}</b>
      <Steps steps={steps} />
      {relative && t("living.of_most")}
    </span>
  );
}

function Authored({ hasMoments }: { hasMoments: boolean }) {
  const { t } = useWords();
  return (
    <>
      <span className={classes.legendGroup}>
        <span className={evidenceClasses.swatch} data-source="assumed" aria-hidden="true" />
        {t("living.legend.belief")}
      </span>
      <span className={classes.legendGroup}>
        <span className={evidenceClasses.swatch} aria-hidden="true" />
        {SOURCES.filter((source) => source !== "assumed").map((source) => (
          <span key={source} className={classes.legendGroup}>
            <SourceIcon source={source} /> {t(`living.source.${source}`)}
          </span>
        ))}
      </span>
      <span className={classes.legendGroup}>
        <span className={evidenceClasses.swatch} data-stale="" aria-hidden="true" />
        {t("living.legend.stale")}
      </span>
      {hasMoments && (
        <span className={classes.legendGroup}>
          <b>{t("map.moment_of_truth")}</b>
          {(["author", "data", "both"] as const).map((who) => (
            <span key={who} className={marks.moment} data-who={who}>
              <StarIcon size={12} />
              <span className={marks.who}>{t(`living.moment.${who}`)}</span>
            </span>
          ))}
        </span>
      )}
    </>
  );
}

/** What the colours and marks mean, with the thresholds at which they change. */
export function Legend({ model, view }: { model: MapModel; view: View }) {
  const { t, language } = useWords();
  const lanes = shownLanes(model, view);
  const has = (kind: string) => lanes.some((lane) => lane.kind === kind);
  return (
    <section
      className={`${classes.legend} ${scales.scaled}`}
      data-scale={view.scale}
      aria-label={t("map.legend")}
    >
      {view.heat.filter(isMetric).map((metric) => (
        <HeatKey key={metric} metric={metric} />
      ))}
      {(has("failures") || has("repeats")) && (
        <span className={classes.legendGroup}>
          <b>{t("legend.share")}</b>
          <Steps steps={tinted("level", bounds(SHARE_STEPS.map((step) => share(step, language))))} />
        </span>
      )}
      {has("waits") && (
        <span className={classes.legendGroup}>
          <b>{t("legend.waits")}</b>
          <Steps steps={tinted("wait", bounds(WAIT_STEPS.map((step) => duration(step, language))))} />
        </span>
      )}
      {has("reality") && (
        <span className={classes.legendGroup}>
          <b>{t("legend.verdict")}</b>
          <Verdict verdict="kept" />
          <Verdict verdict="partly" />
          <Verdict verdict="unsure" />
          <Verdict verdict="missed" />
        </span>
      )}
      <span className={classes.legendGroup}>{t("legend.grey")}</span>
      <span className={classes.legendGroup}>
        <span className={classes.dot} aria-hidden="true" /> {t("legend.measured")}
      </span>
      {model.hasMap && (
        <Authored hasMoments={model.columns.some((column) => column.drawn?.moment_of_truth)} />
      )}
    </section>
  );
}
