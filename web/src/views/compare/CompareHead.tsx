import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import type { Overview, Touchpoints } from "../../api";
import type { Compared } from "../../data/compare";
import { count, interval } from "../../draw";
import { useWords } from "../../i18n";
import classes from "./compare.module.css";
import { indexed, pairOf } from "./model";
import { goalWriter } from "./words";

interface CompareHeadProps {
  names: readonly string[];
  told: { places: Compared<Touchpoints>; whole: Compared<Overview> };
  onClear: () => void;
  children: ReactNode;
}

/** Who is compared with whom, how many they are, and how far the differences can be trusted. */
export function CompareHead({ names, told, onClear, children }: CompareHeadProps) {
  const { t, language } = useWords();
  const { places, whole } = told;
  const [first, second] = whole.groups;
  const goal = pairOf(
    indexed(whole.differences),
    "",
    "goal_rate",
    first?.result.goal_rate,
    second?.result.goal_rate,
  );
  const write = goalWriter(language);
  const differing = places.differences.filter((one) => one.differs).length;
  const range = goal && interval(goal.low, goal.high, write.change);
  return (
    <section className={classes.head} aria-label={t("compare.title")}>
      <div className={classes.groups}>
        {names.map((name, i) => (
          <div key={name} className={classes.group} data-side={i === 0 ? "first" : "second"}>
            <i aria-hidden="true" />
            <b>
              <bdi>{name}</bdi>
            </b>
            <span className="number">
              {t("unit.journeys", {
                count: places.groups[i]?.journeys ?? 0,
                shown: count(places.groups[i]?.journeys, language),
              })}
            </span>
            {goal && (
              <span className="number">
                {t("compare.goal", { share: write.value(i === 0 ? goal.first : goal.second) })}
              </span>
            )}
          </div>
        ))}
      </div>
      <p className={classes.said}>
        {goal && goal.change !== null && (
          <b className="number" data-differs={goal.differs}>
            {goal.differs
              ? t("compare.goal_differs", { change: write.change(goal.change), range: range ?? "" })
              : t("compare.goal_same", { range: range ?? "" })}{" "}
          </b>
        )}
        {t("compare.count", {
          all: count(places.differences.length, language),
          differing: count(differing, language),
        })}
        {places.both > 0 && (
          <span className={classes.both}>
            {" "}
            {t("compare.both", {
              journeys: t("unit.journeys", { count: places.both, shown: count(places.both, language) }),
            })}
          </span>
        )}
      </p>
      <div className={classes.tools}>
        {children}
        <Button size="compact-xs" variant="default" onClick={onClear}>
          {t("compare.stop")}
        </Button>
      </div>
    </section>
  );
}
