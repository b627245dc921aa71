import type { Funnel } from "../../api";
import { journeysLink } from "../../data/exploreAddress";
import type { Filters } from "../../data/queries";
import { count, ENOUGH, share, shareInterval } from "../../draw";
import { useWords } from "../../i18n";
import kit from "../explore/explore.module.css";
import { Scroll, ToJourneys } from "../explore/kit";
import { conditionsOf, type FunnelQuestion } from "./FunnelBars";

interface GroupsProps {
  told: Funnel;
  question: FunnelQuestion;
  filters: Filters;
}

/** The same funnel of each group, the largest first. */
export function FunnelGroups({ told, question, filters }: GroupsProps) {
  const { t, language } = useWords();
  const nameOf = (group: string) => (group === "(none)" ? t("explore.funnel.no_value") : group);
  return (
    <Scroll label={t("explore.funnel.groups")}>
      <h2>{t("explore.funnel.groups")}</h2>
      <table className={kit.table} data-groups={told.groups.length}>
        <caption>{t("explore.funnel.groups_about")}</caption>
        <thead>
          <tr>
            <th scope="col">
              {told.breakdown === "channel" ? t("explore.funnel.first_channel") : told.breakdown}
            </th>
            {told.steps.map((step, place) => (
              <th key={place} scope="col" data-number="">
                <bdi>
                  {question.order === "any" ? t("explore.funnel.any_n", { n: place + 1 }) : step.step}
                </bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {told.groups.map((group) => (
            <tr key={group.group}>
              <th scope="row">
                <bdi>{nameOf(group.group)}</bdi>
                <div className={`number ${kit.more}`}>{count(group.all, language)}</div>
              </th>
              {group.steps.map((step, place) => (
                <td
                  key={place}
                  data-number=""
                  className={(group.steps[0]?.journeys ?? 0) < ENOUGH ? kit.few : undefined}
                >
                  {place > 0 && <b>{share(step.share, language)} </b>}
                  <ToJourneys
                    to={journeysLink(filters, {
                      ...conditionsOf(question, { made: place + 1 }),
                      group: `${told.breakdown}=${group.group}`,
                    })}
                    n={step.journeys}
                    label={`${nameOf(group.group)}, ${step.step}`}
                  />
                  {place > 0 && (
                    <div className={kit.more}>{shareInterval(step.share_low, step.share_high, language)}</div>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
