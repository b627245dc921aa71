import { UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import type { Findings } from "../../data/findings";
import { isListed, totalLoss } from "../../data/findingsModel";
import { count, DASH, decimal, money, moneyInterval, points } from "../../draw";
import { useWords } from "../../i18n";
import classes from "./findings.module.css";

function Tile({ label, value, more }: { label: string; value: ReactNode; more?: ReactNode }) {
  return (
    <div className={classes.tile}>
      <span className={classes.tileLabel}>{label}</span>
      <span className={`number ${classes.tileValue}`}>{value}</span>
      {more && <span className={classes.more}>{more}</span>}
    </div>
  );
}

interface ByStageProps {
  findings: Findings;
  chosen: readonly string[];
  onChoose: (stage: string) => void;
}

/** What each stage costs; a click keeps the findings of that stage. */
function ByStage({ findings, chosen, onChoose }: ByStageProps) {
  const { t, language } = useWords();
  const stages = findings.lost_by_stage;
  const size = (stage: (typeof stages)[number]) => stage.money?.value ?? stage.lost_goals;
  const most = Math.max(...stages.map(size), Number.MIN_VALUE);
  return (
    <ul className={classes.stages}>
      {stages.map((stage) => {
        const goals = t("findings.goals", {
          count: Math.round(stage.lost_goals),
          shown: decimal(stage.lost_goals, language, stage.lost_goals < 10 ? 1 : 0),
        });
        const range =
          stage.money && moneyInterval(stage.money.low, stage.money.high, stage.money.currency, language);
        return (
          <li key={stage.stage}>
            <UnstyledButton
              className={classes.stage}
              aria-pressed={chosen.includes(stage.stage)}
              onClick={() => onChoose(stage.stage)}
            >
              <bdi className={classes.stageName}>{stage.stage}</bdi>
              <span className={classes.stageBar} aria-hidden="true">
                <span style={{ width: `${(100 * size(stage)) / most}%` }} />
              </span>
              <span className={`number ${classes.stageLoss}`}>
                <b>{stage.money ? money(stage.money.value, stage.money.currency, language) : goals}</b>
                {stage.money && (
                  <span className={classes.more}>
                    {range} · {goals}
                  </span>
                )}
              </span>
            </UnstyledButton>
          </li>
        );
      })}
    </ul>
  );
}

/** What is lost a month, where, and on how much that stands. */
export function Overall({ findings, chosen, onChoose }: ByStageProps) {
  const { t, language } = useWords();
  const loss = totalLoss(findings);
  // Without a barrier nothing is lost that could be told.
  const bare = findings.lost_by_stage.length === 0;
  const wrong = findings.findings.filter(isListed).length;
  const undecided = findings.findings.filter((finding) => finding.kind === "undetermined").length;
  const goals = t("findings.goals", {
    count: Math.round(loss.goals),
    shown: decimal(loss.goals, language, loss.goals < 10 ? 1 : 0),
  });
  const worth = findings.goal_value;
  const range = worth && moneyInterval(worth.low, worth.high, worth.currency, language);
  return (
    <section className={classes.overall} data-bare={bare || undefined} aria-label={t("findings.overall")}>
      {!bare && (
        <>
          <div className={classes.total}>
            <span className={classes.tileLabel}>{t("findings.total")}</span>
            <span className={`number ${classes.totalValue}`}>
              {loss.money ? money(loss.money.value, loss.money.currency, language) : goals}
            </span>
            {loss.money && (
              <span className={`number ${classes.more}`}>
                {moneyInterval(loss.money.low, loss.money.high, loss.money.currency, language)} · {goals}
              </span>
            )}
            <p className={classes.more}>
              {worth
                ? t("findings.goal_value", {
                    value: money(worth.value, worth.currency, language),
                    range: range ?? DASH,
                  })
                : t("findings.no_goal_value")}
            </p>
          </div>
          <ByStage findings={findings} chosen={chosen} onChoose={onChoose} />
        </>
      )}
      <div className={classes.tiles}>
        <Tile
          label={t("findings.found")}
          value={count(wrong, language)}
          more={t("findings.in_journeys", {
            n: t("unit.journeys", {
              count: findings.journeys,
              shown: count(findings.journeys, language),
            }),
            months: decimal(findings.months, language, 1),
          })}
        />
        <Tile
          label={t("findings.tested")}
          value={count(findings.tested, language)}
          more={t("findings.tested_more")}
        />
        <Tile
          label={t("findings.clean")}
          value={count(findings.clean, language)}
          more={t("findings.clean_more", {
            margin: points(findings.margin, language).replace("+", "±"),
          })}
        />
        {undecided > 0 && (
          <Tile
            label={t("findings.open")}
            value={count(undecided, language)}
            more={t("findings.open_more")}
          />
        )}
      </div>
    </section>
  );
}
