import type { Finding } from "../../data/findings";
import { count, points } from "../../draw";
import { useWords } from "../../i18n";
import { KindMark } from "../../ui/KindMark";
import { useNames } from "../findings/words";
import classes from "./finding.module.css";
import { Section } from "./Section";

/** Other obstacles that are the same events seen twice, or act only through this one. */
export function Beneath({ finding }: { finding: Finding }) {
  const { t, language } = useWords();
  const { obstacle } = useNames();
  if (!finding.under.length) return null;
  return (
    <Section title={t("finding.under")} name="under">
      <ul className={classes.unders}>
        {finding.under.map((under) => (
          <li key={`${under.obstacle} ${under.touchpoint} ${under.activity}`}>
            <KindMark kind={under.kind} />
            <div>
              <p>
                <b>{obstacle(under.obstacle)}</b> · <bdi>{under.touchpoint ?? under.activity}</bdi>
              </p>
              <p className={`number ${classes.more}`}>
                {t(`beneath.${under.why}`)} ·{" "}
                {t("unit.journeys", { count: under.exposed, shown: count(under.exposed, language) })}
                {under.effect !== null && ` · ${points(under.effect, language)}`}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
