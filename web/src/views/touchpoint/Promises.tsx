import type { ExpectationCheck } from "../../api";
import { count, interval, share, shareInterval } from "../../draw";
import { useWords } from "../../i18n";
import { sayCheck, writeCheck } from "../../map/expectation";
import { Verdict, verdictWord } from "../../ui/Verdict";
import classes from "./touchpoint.module.css";

function PromiseRow({ check }: { check: ExpectationCheck }) {
  const { t, language } = useWords();
  const write = writeCheck(check, language);
  const own = check.expectation === "promised";
  const range = interval(check.gap_low, check.gap_high, (value) => write.gap(value));
  const kept = shareInterval(check.kept_share_low, check.kept_share_high, language);
  return (
    <li className={classes.promise} data-verdict={verdictWord(check.verdict)}>
      <div className={classes.promiseHead}>
        <b>{t(`expectation.${check.expectation}`, { defaultValue: check.expectation })}</b>
        <Verdict verdict={check.verdict} />
      </div>
      <dl className={classes.trio}>
        <div>
          <dt>{t("drawer.promise")}</dt>
          <dd className="number">{own ? t("expectation.own") : write.value(check.promise)}</dd>
        </div>
        <div>
          <dt>{t("drawer.reality")}</dt>
          <dd className="number">{own ? sayCheck(check, t, language) : write.value(check.reality)}</dd>
        </div>
        <div>
          <dt>{t("drawer.gap")}</dt>
          <dd className="number">{write.gap(check.gap)}</dd>
          {range && <dd className={`number ${classes.more}`}>{t("summary.interval", { range })}</dd>}
        </div>
      </dl>
      <p className={classes.more}>
        {t("map.kept", { share: share(check.kept_share, language), n: count(check.n, language) })}
        {kept && ` (${t("summary.interval", { range: kept })})`}.{" "}
        {check.missed_by_median !== null &&
          t("drawer.missed_by", {
            median: write.value(check.missed_by_median),
            p90: write.value(check.missed_by_p90),
          })}
      </p>
    </li>
  );
}

export function Promises({ checks }: { checks: readonly ExpectationCheck[] }) {
  return (
    <ul className={classes.plain}>
      {checks.map((check) => (
        <PromiseRow key={check.expectation} check={check} />
      ))}
    </ul>
  );
}
