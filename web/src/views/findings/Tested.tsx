import { Fragment } from "react";
import { Link } from "react-router";
import type { Finding } from "../../data/findings";
import type { FromList } from "../../data/findingsAddress";
import { testedTable } from "../../data/findingsModel";
import { count, points, pointsInterval, signed } from "../../draw";
import { useWords } from "../../i18n";
import { KindIcon } from "../../ui/KindMark";
import classes from "./findings.module.css";
import { useNames } from "./words";

interface TestedProps {
  found: readonly Finding[];
  /** Touchpoints in the order of the map. */
  order: readonly string[];
  to: (finding: Finding) => string;
  from: FromList;
}

/** What one cell says in full, for the title and for those who do not see shapes. */
function useSay() {
  const { t, language } = useWords();
  const names = useNames();
  return (finding: Finding): string => {
    const goal = finding.on_goal;
    const range = goal && pointsInterval(goal.low, goal.high, language);
    return [
      names.name(finding),
      goal && `${points(goal.effect, language)}${range ? ` (${range})` : ""}`,
      finding.exposed !== null && t("summary.n", { n: count(finding.exposed, language) }),
      finding.more_journeys !== null &&
        t("findings.needs", { count: finding.more_journeys, shown: count(finding.more_journeys, language) }),
    ]
      .filter(Boolean)
      .join(" · ");
  };
}

function Cell({ finding, to, from }: { finding: Finding | undefined } & Pick<TestedProps, "to" | "from">) {
  const { t, language } = useWords();
  const say = useSay();
  if (!finding)
    return (
      <td className={classes.untested}>
        <span className="visually-hidden">{t("findings.not_tested")}</span>
      </td>
    );
  const told = say(finding);
  return (
    <td>
      <Link to={to(finding)} state={from} className={classes.tested} data-kind={finding.kind} title={told}>
        <KindIcon kind={finding.kind} size={12} />
        {finding.on_goal && (
          <span className="number">{signed(finding.on_goal.effect * 100, language, 1)}</span>
        )}
        <span className="visually-hidden">{told}</span>
      </Link>
    </td>
  );
}

const SHOWN = ["barrier", "inconvenience", "harmless", "undetermined"] as const;

/** Everything that was tested at a glance: touchpoints down, obstacles across. */
export function Tested({ found, order, to, from }: TestedProps) {
  const { t } = useWords();
  const names = useNames();
  const { obstacles, rows } = testedTable(found, order);
  if (!rows.length) return null;
  return (
    <>
      <p className={classes.key}>
        {SHOWN.map((kind) => (
          <span key={kind} className={classes.keyItem} data-kind={kind}>
            <span className={classes.tested} data-kind={kind}>
              <KindIcon kind={kind} size={12} />
            </span>
            {names.kind(kind)}
          </span>
        ))}
        <span>{t("findings.cell_about")}</span>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys */}
      <section className={classes.tableBox} tabIndex={0} aria-label={t("findings.tested_title")}>
        <table className={classes.testedTable}>
          <thead>
            <tr>
              <th scope="col">{t("map.touchpoint")}</th>
              {obstacles.map((obstacle) => (
                <th key={obstacle} scope="col">
                  {names.obstacle(obstacle)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <Fragment key={row.touchpoint}>
                {row.stage !== null && row.stage !== rows[i - 1]?.stage && (
                  <tr className={classes.stageRow}>
                    <th scope="rowgroup" colSpan={obstacles.length + 1}>
                      <bdi>{row.stage}</bdi>
                    </th>
                  </tr>
                )}
                <tr>
                  <th scope="row">{row.touchpoint ? <bdi>{row.touchpoint}</bdi> : t("findings.anywhere")}</th>
                  {obstacles.map((obstacle) => (
                    <Cell key={obstacle} finding={row.cells.get(obstacle)} to={to} from={from} />
                  ))}
                </tr>
              </Fragment>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
