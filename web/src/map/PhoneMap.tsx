import { UnstyledButton } from "@mantine/core";
import type { TouchpointRow } from "../api";
import { count, duration, ENOUGH, emotionTone, share, shareLevel, signed, waitLevel } from "../draw";
import { useWords } from "../i18n";
import { Face } from "../ui/Face";
import { FlagIcon, StarIcon } from "../ui/icons";
import { CURVE_HEIGHT, EmotionCurve } from "./lanes/EmotionLane";
import { CheckCard } from "./lanes/ExpectationsLane";
import { Hopes, Note, Pains, Processes } from "./lanes/WrittenLanes";
import classes from "./map.module.css";
import type { Column, MapModel, StageColumn } from "./model";

const TONES: Record<number, string> = { [-2]: "var(--bad-2)", [-1]: "var(--bad-1)", 0: "var(--tone-0)", 1: "var(--good-1)", 2: "var(--good-2)" };

function CardFacts({ row }: { row: TouchpointRow }) {
  const { t, language } = useWords();
  const tone = emotionTone(row.emotion, row.emotion_n);
  const facts = [
    {
      name: t("lane.emotion"),
      value: row.emotion === null ? t("map.no_answers") : signed(row.emotion, language),
      more: row.emotion === null ? "" : t("summary.n", { n: count(row.emotion_n, language) }),
      colour: tone === null ? undefined : TONES[tone],
      face: row.emotion,
    },
    {
      name: t("lane.waits"),
      value: duration(row.next_median_seconds, language),
      more: row.next_n ? t("map.p90", { time: duration(row.next_p90_seconds, language) }) : "",
      colour: `var(--wait-${waitLevel(row.next_median_seconds, row.next_n) ?? 0})`,
    },
    {
      name: t("lane.failures"),
      value: share(row.failure_share, language),
      more: "",
      colour: `var(--level-${shareLevel(row.failure_share, row.journeys) ?? 0})`,
    },
    {
      name: t("lane.repeats"),
      value: share(row.reached_again_share, language),
      more: "",
      colour: `var(--level-${shareLevel(row.reached_again_share, row.journeys) ?? 0})`,
    },
  ];
  return (
    <dl className={classes.cardFacts}>
      {facts.map((fact) => (
        <div key={fact.name} style={{ background: fact.colour }}>
          <dt>{fact.name}</dt>
          <dd style={{ display: "flex", gap: 6, alignItems: "center" }}>
            {fact.face !== undefined && fact.face !== null && (
              <Face emotion={fact.face} enough={row.emotion_n >= ENOUGH} size={18} />
            )}
            <span className="number">{fact.value}</span>
          </dd>
          {fact.more && <dd className={classes.quiet} style={{ color: "inherit", fontWeight: 400, fontSize: 11.5 }}>{fact.more}</dd>}
        </div>
      ))}
    </dl>
  );
}

function TouchpointCard({ column, most, onOpen }: { column: Column; most: number; onOpen: (name: string) => void }) {
  const { t, language } = useWords();
  const row = column.row;
  const part = (value: number) => `${(100 * value) / Math.max(1, most)}%`;
  return (
    <article className={classes.card} data-touchpoint={column.name}>
      <UnstyledButton className={classes.cardHead} onClick={() => onOpen(column.name)} aria-haspopup="dialog">
        <span>
          <span className={classes.cardName} dir="auto">
            {column.name}
          </span>
          <span className={classes.marks}>
            {(column.drawn?.moment_of_truth || row?.moment_of_truth) && (
              <span className={classes.moment}>
                <StarIcon size={12} />
                {t("map.moment_of_truth")}
              </span>
            )}
            {row?.goal && (
              <span className={classes.goal}>
                <FlagIcon size={12} />
                {t("map.goal")}
              </span>
            )}
          </span>
        </span>
        <span style={{ textAlign: "end" }}>
          <b className="number">{row ? count(row.journeys, language) : t("map.not_reached")}</b>
          {row && row.drop_off > 0 && (
            <span className={`number ${classes.lost}`} style={{ display: "block", fontSize: 12 }}>
              {t("map.drop_off", { n: count(row.drop_off, language), share: share(row.drop_off_share, language) })}
            </span>
          )}
        </span>
      </UnstyledButton>
      {row && (
        <>
          <div className={classes.cardBar} aria-hidden="true">
            <span style={{ width: part(row.journeys - row.drop_off) }} />
            <span style={{ width: part(row.drop_off) }} />
          </div>
          <CardFacts row={row} />
        </>
      )}
      {(Boolean(row?.expectations.length) || column.drawn) && (
        <div className={classes.cardNotes}>
          {row?.expectations.map((check) => (
            <CheckCard key={check.expectation} check={check} />
          ))}
          <Hopes column={column} />
          <Pains column={column} />
          <Processes column={column} />
        </div>
      )}
    </article>
  );
}

function PhoneStage({ stage, model, most, onOpen }: { stage: StageColumn; model: MapModel; most: number; onOpen: (name: string) => void }) {
  const { t, language } = useWords();
  const written = [
    [t("lane.jobs"), stage.jobs],
    [t("lane.customer_metrics"), stage.customerMetrics],
    [t("lane.company_metrics"), stage.companyMetrics],
  ] as const;
  return (
    <section className={classes.phoneStage}>
      {stage.name !== null && (
        <div className={classes.phoneStageHead}>
          <h2>
            <span className={classes.stageNumber}>{stage.index + 1}</span> <bdi>{stage.name}</bdi>
          </h2>
          {stage.row && (
            <span className={classes.stageFacts}>
              <span>{t("unit.journeys", { count: stage.row.journeys, shown: count(stage.row.journeys, language) })}</span>
              {stage.row.drop_off > 0 && (
                <span className={classes.lost}>
                  {t("map.drop_off", { n: count(stage.row.drop_off, language), share: share(stage.row.drop_off_share, language) })}
                </span>
              )}
            </span>
          )}
        </div>
      )}
      <div className={classes.stageNotes}>
        {written.map(([name, texts]) =>
          texts.length ? (
            <Note key={name} label={name}>
              {texts.join("; ")}
            </Note>
          ) : null,
        )}
      </div>
      {model.columns.slice(stage.start, stage.start + stage.span).map((column) => (
        <TouchpointCard key={column.index} column={column} most={most} onOpen={onOpen} />
      ))}
    </section>
  );
}

/** The same map for a narrow screen: the curve as a whole on top, then stage by stage. */
export function PhoneMap({ model, onOpen }: { model: MapModel; onOpen: (name: string) => void }) {
  const { t } = useWords();
  const step = 40;
  const total = step * model.columns.length;
  const most = Math.max(1, ...model.columns.map((column) => column.row?.journeys ?? 0));
  return (
    <div className={classes.phone}>
      {model.lanes.some((lane) => lane.kind === "emotion") && (
        <section className={classes.phoneCurve}>
          <h2>{t("lane.emotion")}</h2>
          <svg viewBox={`0 0 ${total} ${CURVE_HEIGHT}`} preserveAspectRatio="none" height="84" aria-hidden="true">
            <EmotionCurve columns={model.columns} columnWidth={step} total={total} />
          </svg>
        </section>
      )}
      {model.stages.map((stage) => (
        <PhoneStage key={stage.index} stage={stage} model={model} most={most} onOpen={onOpen} />
      ))}
    </div>
  );
}
