import type { Finding } from "../../data/findings";
import { decimal, share } from "../../draw";
import { useWords } from "../../i18n";
import classes from "./finding.module.css";
import { Section } from "./Section";

/** In which segments the obstacle gathers: the share of the exposed, with the usual share as a tick. */
export function Concentrated({ finding }: { finding: Finding }) {
  const { t, language } = useWords();
  if (!finding.where.length) return null;
  return (
    <Section title={t("finding.where")} name="where">
      <ul className={classes.wheres}>
        {finding.where.map((where) => {
          const usual = where.lift > 0 ? Math.min(1, where.share / where.lift) : null;
          return (
            <li key={`${where.attribute}=${where.value}`}>
              <span className={classes.whereName}>
                <span className={classes.more}>
                  <bdi>{where.attribute}</bdi>
                </span>
                <bdi>{where.value}</bdi>
              </span>
              <span className={classes.whereBar} aria-hidden="true">
                <span style={{ width: `${100 * Math.min(1, where.share)}%` }} />
                {usual !== null && <i style={{ insetInlineStart: `${100 * usual}%` }} />}
              </span>
              <span className={`number ${classes.whereNumbers}`}>
                <b>{share(where.share, language)}</b>
                <span className={classes.more}>
                  {t("finding.lift", {
                    lift: decimal(where.lift, language, 2),
                    usual: usual === null ? "" : share(usual, language),
                  })}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
      <p className={classes.more}>{t("finding.where_about")}</p>
    </Section>
  );
}
