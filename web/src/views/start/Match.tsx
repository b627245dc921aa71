import { Button, MultiSelect, NativeSelect } from "@mantine/core";
import { memo, useMemo, useState } from "react";
import type { Guessed, Laid } from "../../api";
import { count, share } from "../../draw";
import { useWords } from "../../i18n";
import classes from "./start.module.css";

type Bound = Record<string, string[]>;

const boundOf = (laid: Laid): Bound =>
  Object.fromEntries(
    laid.matching.touchpoints.map((one) => [one.touchpoint, one.activities.map((guess) => guess.activity)]),
  );

/** The goal of the ready map, or where the data does not reach it the last touchpoint that it does reach. */
function guessedGoal({ matching }: Laid): string {
  const goal = matching.touchpoints.find((one) => one.goal);
  if (goal?.activities.length) return goal.touchpoint;
  const last = [...matching.touchpoints].reverse().find((one) => one.activities.length);
  return (last ?? goal)?.touchpoint ?? "";
}

interface RowProps {
  touchpoint: string;
  chosen: string[];
  options: { value: string; label: string }[];
  unsure: string[];
  onChange: (touchpoint: string, activities: string[]) => void;
}

const Row = memo(function Row({ touchpoint, chosen, options, unsure, onChange }: RowProps) {
  const { t } = useWords();
  return (
    <li className={classes.matchRow} data-empty={!chosen.length || undefined}>
      <MultiSelect
        label={touchpoint}
        placeholder={chosen.length ? undefined : t("start.match.nothing")}
        data={options}
        value={chosen}
        onChange={(activities) => onChange(touchpoint, activities)}
        searchable
        limit={100}
        hidePickedOptions
        nothingFoundMessage={t("start.match.none_found")}
        clearButtonProps={{ "aria-label": t("start.match.clear") }}
      />
      {unsure.length > 0 && (
        <p className={classes.unsure} dir="auto">
          {t("start.match.unsure", { names: unsure.join(", ") })}
        </p>
      )}
    </li>
  );
});

interface Props {
  laid: Laid;
  busy: boolean;
  onTake: (bound: Bound, goals: string[]) => void;
}

/** The guess of what belongs where, to be mended before the map is taken. */
export function Match({ laid, busy, onTake }: Props) {
  const { t, language } = useWords();
  const [bound, setBound] = useState<Bound>(() => boundOf(laid));
  const [goal, setGoal] = useState(() => guessedGoal(laid));
  const guesses = useMemo(() => {
    const all = [...laid.matching.touchpoints.flatMap((one) => one.activities), ...laid.matching.left];
    return new Map<string, Guessed>(all.map((guess) => [guess.activity, guess]));
  }, [laid]);
  const original = useMemo(() => boundOf(laid), [laid]);
  const options = useMemo(
    () =>
      [...guesses.values()]
        .sort((one, other) => other.journeys - one.journeys)
        .map((guess) => ({ value: guess.activity, label: guess.activity })),
    [guesses],
  );
  const change = (touchpoint: string, activities: string[]) =>
    // An activity belongs to one touchpoint: taken here, it leaves the other.
    setBound((before) =>
      Object.fromEntries(
        Object.entries(before).map(([name, had]) => [
          name,
          name === touchpoint ? activities : had.filter((activity) => !activities.includes(activity)),
        ]),
      ),
    );
  const taken = new Set(Object.values(bound).flat());
  const left = [...guesses.values()].filter((guess) => !taken.has(guess.activity));
  const stages = [...new Set(laid.matching.touchpoints.map((one) => one.stage))];
  return (
    <div className={classes.match}>
      <p className={classes.note}>
        {t("start.match.about", {
          n: count(taken.size, language),
          all: count(guesses.size, language),
        })}
      </p>
      {stages.map((stage) => (
        <section key={stage} className={classes.matchStage}>
          <h3 dir="auto">{stage}</h3>
          <ul>
            {laid.matching.touchpoints
              .filter((one) => one.stage === stage)
              .map(({ touchpoint }) => (
                <Row
                  key={touchpoint}
                  touchpoint={touchpoint}
                  chosen={bound[touchpoint] ?? []}
                  options={options}
                  unsure={(bound[touchpoint] ?? []).filter(
                    (activity) =>
                      original[touchpoint]?.includes(activity) && (guesses.get(activity)?.sure ?? 1) < 0.75,
                  )}
                  onChange={change}
                />
              ))}
          </ul>
        </section>
      ))}
      {left.length > 0 && (
        <section className={classes.matchStage}>
          <h3>{t("start.match.left")}</h3>
          <p className={classes.note}>{t("start.match.left_about")}</p>
          <ul className={classes.leftList}>
            {left.slice(0, 40).map((guess) => (
              <li key={guess.activity} dir="auto">
                {guess.activity}{" "}
                <span className="number">{share(guess.journeys / laid.journeys, language)}</span>
              </li>
            ))}
          </ul>
          {left.length + laid.more > 40 && (
            <p className={classes.note}>
              {t("start.match.left_more", { n: count(left.length + laid.more - 40, language) })}
            </p>
          )}
        </section>
      )}
      <div className={classes.loadRow}>
        <NativeSelect
          label={t("start.match.goal")}
          value={goal}
          onChange={(event) => setGoal(event.currentTarget.value)}
          data={laid.matching.touchpoints.map((one) => ({
            value: one.touchpoint,
            label: (bound[one.touchpoint] ?? []).length
              ? one.touchpoint
              : `${one.touchpoint} (${t("start.match.no_data")})`,
          }))}
        />
        <Button
          loading={busy}
          disabled={!taken.size}
          onClick={() =>
            onTake(Object.fromEntries(Object.entries(bound).filter(([, activities]) => activities.length)), [
              goal,
            ])
          }
        >
          {t("start.match.take")}
        </Button>
      </div>
    </div>
  );
}
