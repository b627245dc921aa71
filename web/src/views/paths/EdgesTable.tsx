import type { Transitions } from "../../api";
import type { By } from "../../data/explore";
import { type Explore, journeysLink } from "../../data/exploreAddress";
import { count, duration, share } from "../../draw";
import { useWords } from "../../i18n";
import kit from "../explore/explore.module.css";
import { Scroll, ToJourneys } from "../explore/kit";
import { edgeId } from "./graph";

const MOST_ROWS = 200;

/** The ways of the graph as a table, the most frequent first. */
export function EdgesTable({ told, by, explore }: { told: Transitions; by: By; explore: Explore }) {
  const { t, language } = useWords();
  const shown = told.edges.slice(0, MOST_ROWS);
  return (
    <details className={kit.card}>
      <summary>{t("explore.as_table")}</summary>
      <Scroll card={false} label={t("explore.paths.table")}>
        <table className={kit.table}>
          <caption>
            {t("explore.paths.table_about", {
              n: count(shown.length, language),
              all: count(told.edges.length, language),
            })}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t("explore.from")}</th>
              <th scope="col">{t("explore.to")}</th>
              <th scope="col" data-number="">
                {t("explore.steps_n")}
              </th>
              <th scope="col" data-number="">
                {t("explore.journeys_n")}
              </th>
              <th scope="col" data-number="">
                {t("explore.paths.of_leaving")}
              </th>
              <th scope="col" data-number="">
                {t("explore.mean_time")}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((edge) => (
              <tr key={edgeId(edge)}>
                <th scope="row">
                  <bdi>{edge.source}</bdi>
                </th>
                <td>
                  <bdi>{edge.target}</bdi>
                </td>
                <td data-number="">{count(edge.count, language)}</td>
                <td data-number="">
                  <ToJourneys
                    to={journeysLink(explore.filters, { by, source: edge.source, target: edge.target })}
                    n={edge.journeys}
                    label={`${edge.source} → ${edge.target}`}
                  />
                </td>
                <td data-number="">{share(edge.share, language)}</td>
                <td data-number="">{duration(edge.mean_seconds, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}
