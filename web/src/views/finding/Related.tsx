import { Link } from "react-router";
import type { Finding, Findings } from "../../data/findings";
import { columnOf, isQuiet } from "../../data/findingsModel";
import { useWords } from "../../i18n";
import { KindMark } from "../../ui/KindMark";
import classes from "./finding.module.css";
import { Section } from "./Section";

const MOST = 6;

interface RelatedProps {
  finding: Finding;
  findings: Findings;
  to: (finding: Finding) => string;
}

/** What else is wrong at the same place: a bottleneck beside its barrier, a promise beside the wait. */
export function Related({ finding, findings, to }: RelatedProps) {
  const { t } = useWords();
  const place = columnOf(finding);
  const others = findings.findings.filter(
    (other) => place !== null && other.id !== finding.id && columnOf(other) === place && !isQuiet(other),
  );
  if (!others.length) return null;
  return (
    <Section title={t("finding.related")} name="related">
      <ul className={classes.related}>
        {others.slice(0, MOST).map((other) => (
          <li key={other.id}>
            <KindMark kind={other.kind} />
            <Link to={to(other)} dir="auto">
              {other.because}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
