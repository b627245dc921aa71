import { Link } from "react-router";
import type { TouchpointRow } from "../../api";
import { type Conditions, journeysLink } from "../../data/exploreAddress";
import type { Filters } from "../../data/queries";
import { useMay } from "../../data/session";
import { count, decimal, duration, ENOUGH, interval, share, shareInterval, signed } from "../../draw";
import { useWords } from "../../i18n";
import { writeScore } from "../../map/score";
import { Face } from "../../ui/Face";
import classes from "./touchpoint.module.css";

interface Fact {
  key: string;
  label: string;
  value: string;
  range: string | null;
  more: string;
  about: string;
  face?: number;
  few?: boolean;
}

function useFacts(row: TouchpointRow): Fact[] {
  const { t, language } = useWords();
  const time = (value: number) => duration(value, language);
  const journeys = (n: number) => t("unit.journeys", { count: n, shown: count(n, language) });
  const few = row.journeys < ENOUGH;
  const facts: Fact[] = [
    {
      key: "journeys",
      label: t("drawer.journeys"),
      value: share(row.share, language),
      range: shareInterval(row.share_low, row.share_high, language),
      more: journeys(row.journeys),
      about: t("drawer.journeys_about"),
      few,
    },
    {
      key: "drop_off",
      label: t("drawer.drop_off"),
      value: share(row.drop_off_share, language),
      range: shareInterval(row.drop_off_share_low, row.drop_off_share_high, language),
      more: journeys(row.drop_off),
      about: t("drawer.drop_off_about"),
      few,
    },
    {
      key: "next",
      label: t("drawer.next"),
      value: duration(row.next_median_seconds, language),
      range: interval(row.next_median_seconds_low, row.next_median_seconds_high, time),
      more: t("summary.n", { n: count(row.next_n, language) }),
      about: t("drawer.next_about", {
        p75: duration(row.next_p75_seconds, language),
        p90: duration(row.next_p90_seconds, language),
      }),
      few: row.next_n < ENOUGH,
    },
    {
      key: "failures",
      label: t("drawer.failures"),
      value: share(row.failure_share, language),
      range: shareInterval(row.failure_share_low, row.failure_share_high, language),
      more: journeys(row.failed),
      about: t("drawer.failures_about"),
      few,
    },
    {
      key: "repeats",
      label: t("drawer.repeats"),
      value: share(row.reached_again_share, language),
      range: shareInterval(row.reached_again_share_low, row.reached_again_share_high, language),
      more: journeys(row.reached_again),
      about: t("drawer.repeats_about"),
      few,
    },
  ];
  if (row.under_way > 0) {
    facts.push({
      key: "under_way",
      label: t("drawer.under_way"),
      value: share(row.under_way / row.journeys, language),
      range: null,
      more: journeys(row.under_way),
      about: t("drawer.under_way_about"),
      few,
    });
  }
  if (row.emotion !== null) {
    facts.push({
      key: "emotion",
      label: t("drawer.emotion"),
      value: signed(row.emotion, language),
      range: interval(row.emotion_low, row.emotion_high, (value) => signed(value, language)),
      more: t("unit.answers", { count: row.emotion_n, shown: count(row.emotion_n, language) }),
      about: t("drawer.emotion_about"),
      face: row.emotion,
      few: row.emotion_n < ENOUGH,
    });
  }
  for (const score of row.scores) {
    const metric = score.metric.toLowerCase();
    const write = writeScore(score, language);
    facts.push({
      key: `${score.kind}-${score.metric}`,
      label: metric === "rating" ? t("summary.rating") : score.metric.toUpperCase(),
      value: write(score.value),
      range: interval(score.value_low, score.value_high, write),
      more: `${t("unit.answers", { count: score.n, shown: count(score.n, language) })} · ${t("drawer.mean", { mean: decimal(score.mean, language, 2) })}`,
      about: t(`summary.${metric as "nps"}_about`, { defaultValue: score.metric }),
      few: score.n < ENOUGH,
    });
  }
  return facts;
}

/** Which journeys stand behind a number. */
function behind(key: string, row: TouchpointRow): Conditions | null {
  const here = row.touchpoint;
  switch (key) {
    case "journeys":
      return { through: [here] };
    case "drop_off":
      return { ends: here, outcome: ["left"] };
    case "failures":
      return row.failed > 0 ? { failed_at: here } : null;
    case "repeats":
      return row.reached_again > 0 ? { again: here } : null;
    case "under_way":
      return { ends: here, outcome: ["under_way"] };
    case "emotion":
      return { scored: "any", scored_at: here };
    default:
      return null;
  }
}

interface NumbersProps {
  row: TouchpointRow;
  filters: Filters;
}

/** Each number with its 95 % interval, on how much it stands, what it means, and the way to its journeys. */
export function Numbers({ row, filters }: NumbersProps) {
  const { t } = useWords();
  const mayExplore = useMay("analyse");
  return (
    <dl className={classes.numbers}>
      {useFacts(row).map((fact) => {
        const conditions = mayExplore ? behind(fact.key, row) : null;
        return (
          <div key={fact.key} className={classes.fact} data-few={fact.few || undefined}>
            <dt>{fact.label}</dt>
            <dd className={classes.value}>
              {fact.face !== undefined && <Face emotion={fact.face} enough={!fact.few} />}
              <span className="number">{fact.value}</span>
              {fact.range && (
                <span className={`number ${classes.range}`}>
                  {t("summary.interval", { range: fact.range })}
                </span>
              )}
            </dd>
            <dd className={`number ${classes.more}`}>
              {conditions ? (
                <Link
                  to={journeysLink(filters, conditions)}
                  data-behind={fact.key}
                  title={t("living.open_journeys")}
                >
                  {fact.more} <span aria-hidden="true">›</span>
                </Link>
              ) : (
                fact.more
              )}
            </dd>
            <dd className={classes.about}>{fact.about}</dd>
          </div>
        );
      })}
    </dl>
  );
}
