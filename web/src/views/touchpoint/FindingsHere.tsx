import { Link, useSearchParams } from "react-router";
import type { Finding } from "../../data/findings";
import { filtersOf, withSearch } from "../../data/findingsAddress";
import { money } from "../../draw";
import { useWords } from "../../i18n";
import { KindMark } from "../../ui/KindMark";
import { Section } from "./Section";
import classes from "./touchpoint.module.css";

/** What is wrong at this touchpoint, each with the way to its page. */
export function FindingsHere({ found }: { found: readonly Finding[] }) {
  const { t, language } = useWords();
  const [search] = useSearchParams();
  const { carried } = filtersOf(search);
  if (!found.length) return null;
  return (
    <Section title={t("findings.here")}>
      <ul className={classes.plain}>
        {found.map((finding) => (
          <li key={finding.id} className={classes.foundHere}>
            <KindMark kind={finding.kind} />
            {finding.money && (
              <b className="number">{money(finding.money.value, finding.money.currency, language)}</b>
            )}
            <Link to={withSearch(`/findings/${encodeURIComponent(finding.id)}`, carried)} dir="auto">
              {finding.because}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
