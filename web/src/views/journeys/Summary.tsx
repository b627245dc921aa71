import type { Journeys } from "../../api";
import { count, duration, ENOUGH, interval, share, shareInterval, signed } from "../../draw";
import { useWords } from "../../i18n";
import kit from "../explore/explore.module.css";
import { Figure } from "../explore/kit";

/** How many journeys these are, of whom, and how they went. */
export function Summary({ told }: { told: Journeys }) {
  const { t, language } = useWords();
  const write = (seconds: number) => duration(seconds, language);
  const n = (number: number) => t("explore.n", { n: count(number, language) });
  return (
    <div className={kit.card} style={{ marginBottom: 14 }} data-total={told.total}>
      <dl className={kit.figures}>
        <Figure
          name={t("explore.journeys_n")}
          value={count(told.total, language)}
          more={
            told.total < told.kept &&
            t("explore.journeys.of_kept", {
              share: share(told.share, language),
              interval: shareInterval(told.share_low, told.share_high, language) ?? "",
              n: count(told.kept, language),
            })
          }
        />
        <Figure name={t("explore.journeys.customers")} value={count(told.customers, language)} />
        {told.reached !== null && (
          <Figure
            name={t("explore.goal_rate")}
            value={
              <span className={told.total < ENOUGH ? kit.few : undefined}>
                {share(told.goal_rate, language)}
              </span>
            }
            more={
              <>
                {shareInterval(told.goal_rate_low, told.goal_rate_high, language)}
                <br />
                {t("explore.journeys.outcomes", {
                  reached: count(told.reached, language),
                  under_way: count(told.under_way, language),
                  left: count(told.left, language),
                })}
              </>
            }
          />
        )}
        <Figure
          name={t("explore.journeys.median")}
          value={duration(told.median_seconds, language)}
          more={interval(told.median_seconds_low, told.median_seconds_high, write)}
        />
        {told.emotion_n > 0 && (
          <Figure
            name={t("explore.journeys.emotion")}
            value={
              <span className={told.emotion_n < ENOUGH ? kit.few : undefined}>
                {signed(told.emotion, language)}
              </span>
            }
            more={
              <>
                {interval(told.emotion_low, told.emotion_high, (value) => signed(value, language))}
                <br />
                {n(told.emotion_n)}
              </>
            }
          />
        )}
      </dl>
    </div>
  );
}
