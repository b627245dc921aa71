import { UnstyledButton } from "@mantine/core";
import type { ExpectationCheck, TouchpointRow } from "../api";
import type { Flags } from "../data/findingsModel";
import { count, duration, ENOUGH, emotionTone, share, shareLevel, signed, waitLevel } from "../draw";
import { useWords } from "../i18n";
import { Face } from "../ui/Face";
import { FlagIcon, StarIcon } from "../ui/icons";
import { Verdict } from "../ui/Verdict";
import { sayCheck } from "./expectation";
import { FindingFlag } from "./FindingFlag";
import { CURVE_HEIGHT, EmotionCurve, MARGIN } from "./lanes/EmotionLane";
import { Hopes, Note, Pains, Processes } from "./lanes/WrittenLanes";
import classes from "./map.module.css";
import { type Column, type MapModel, painsOf, processOf, type StageColumn } from "./model";

const TONES: Record<number, string> = {
  [-2]: "var(--bad-2)",
  [-1]: "var(--bad-1)",
  0: "var(--tone-0)",
  1: "var(--good-1)",
  2: "var(--good-2)",
};

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

function CardNotes({ column }: { column: Column }) {
  const { t } = useWords();
  const expects = column.drawn?.expects;
  if (!expects?.best && !expects?.worst && !painsOf(column).length && !processOf(column)) return null;
  return (
    <details className={classes.cardMore}>
      <summary>{t("drawer.author")}</summary>
      <div className={classes.cardNotes}>
        <Hopes column={column} />
        <Pains column={column} />
        <Processes column={column} />
      </div>
    </details>
  );
}

function TouchpointCard({
  column,
  most,
  flags,
  onOpen,
}: {
  column: Column;
  most: number;
  flags: Flags | undefined;
  onOpen: (name: string) => void;
}) {
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
              {t("map.drop_off", {
                n: count(row.drop_off, language),
                share: share(row.drop_off_share, language),
              })}
            </span>
          )}
        </span>
      </UnstyledButton>
      <FindingFlag flag={flags?.touchpoints.get(column.name)} touchpoint={column.name} />
      {row && (
        <>
          <div className={classes.cardBar} aria-hidden="true">
            <span style={{ width: part(row.journeys - row.drop_off) }} />
            <span style={{ width: part(row.drop_off) }} />
          </div>
          <CardFacts row={row} />
        </>
      )}
      {row && row.expectations.length > 0 && (
        <ul className={classes.cardChecks}>
          {row.expectations.map((check) => (
            <CheckLine key={check.expectation} check={check} />
          ))}
        </ul>
      )}
      <CardNotes column={column} />
    </article>
  );
}

function PhoneStage({
  stage,
  model,
  most,
  flags,
  onOpen,
}: {
  stage: StageColumn;
  model: MapModel;
  most: number;
  flags: Flags | undefined;
  onOpen: (name: string) => void;
}) {
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
          <FindingFlag flag={flags?.stages.get(stage.name)} stage={stage.name} />
          {stage.row && (
            <span className={classes.stageFacts}>
              <span>
                {t("unit.journeys", {
                  count: stage.row.journeys,
                  shown: count(stage.row.journeys, language),
                })}
              </span>
              {stage.row.drop_off > 0 && (
                <span className={classes.lost}>
                  {t("map.drop_off", {
                    n: count(stage.row.drop_off, language),
                    share: share(stage.row.drop_off_share, language),
                  })}
                </span>
              )}
            </span>
          )}
        </div>
      )}
      {written.some(([, texts]) => texts.length) && (
        <details className={classes.stageMore}>
          <summary>{t("lane.stage_notes")}</summary>
          <div className={classes.cardNotes}>
            {written.map(([name, texts]) =>
              texts.length ? (
                <Note key={name} label={name}>
                  {texts.join("; ")}
                </Note>
              ) : null,
            )}
          </div>
        </details>
      )}
      {model.columns.slice(stage.start, stage.start + stage.span).map((column) => (
        <TouchpointCard key={column.index} column={column} most={most} flags={flags} onOpen={onOpen} />
      ))}
    </section>
  );
}

interface PhoneMapProps {
  model: MapModel;
  flags?: Flags | undefined;
  onOpen: (name: string) => void;
}

/** The same map for a narrow screen: the curve as a whole on top, then stage by stage. */
export function PhoneMap({ model, flags, onOpen }: PhoneMapProps) {
  const { t } = useWords();
  const step = 40;
  const total = step * model.columns.length;
  const most = Math.max(1, ...model.columns.map((column) => column.row?.journeys ?? 0));
  return (
    <div className={classes.phone}>
      {model.lanes.some((lane) => lane.kind === "emotion") && (
        <section className={classes.phoneCurve}>
          <h2>{t("lane.emotion")}</h2>
          <svg
            viewBox={`0 ${MARGIN - 14} ${total} ${CURVE_HEIGHT - 2 * MARGIN + 28}`}
            preserveAspectRatio="none"
            height="92"
            aria-hidden="true"
          >
            {model.stages.slice(1).map((stage) => (
              <line
                key={stage.index}
                x1={stage.start * step}
                x2={stage.start * step}
                y1={0}
                y2={CURVE_HEIGHT}
                stroke="var(--line)"
                vectorEffect="non-scaling-stroke"
              />
            ))}
            <EmotionCurve columns={model.columns} columnWidth={step} total={total} />
          </svg>
        </section>
      )}
      {model.stages.map((stage) => (
        <PhoneStage key={stage.index} stage={stage} model={model} most={most} flags={flags} onOpen={onOpen} />
      ))}
    </div>
  );
}
