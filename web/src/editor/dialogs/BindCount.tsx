import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSaidShort } from "../../data/said";
import { count, share } from "../../draw";
import { useWords } from "../../i18n";
import { countBound } from "../api";
import { useEditor } from "../context";
import type { Rule } from "../model/values";
import classes from "./dialogs.module.css";

/** How many events and journeys a rule binds, asked while it is being picked. */
export function Counted({
  rule,
  touchpoint,
  giving,
}: {
  rule: Rule;
  touchpoint: string;
  /** Touchpoints that give up what they have of it: said elsewhere. */
  giving: readonly string[];
}) {
  const { t, language } = useWords();
  const say = useSaidShort();
  const { id } = useEditor();
  const [asked] = useDebouncedValue(JSON.stringify(rule), 250);
  const isAny = Object.keys(rule).length > 0;
  const counted = useQuery({
    queryKey: ["bind-count", id, asked],
    queryFn: () => countBound(id, JSON.parse(asked) as Rule, touchpoint),
    enabled: isAny,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const also = (counted.data?.also ?? []).filter((it) => !giving.includes(it.touchpoint));
  if (!isAny) return <p className={classes.counted}>{t("editor.bind_nothing")}</p>;
  if (counted.error)
    return (
      <p className={classes.counted} data-fault="" role="alert">
        {say(counted.error)}
      </p>
    );
  return (
    <p className={classes.counted} aria-live="polite" data-waiting={counted.isFetching || undefined}>
      {counted.data ? (
        <>
          <b>
            {t("unit.events", { count: counted.data.events, shown: count(counted.data.events, language) })}
          </b>
          {" · "}
          <b>
            {t("unit.journeys", {
              count: counted.data.journeys,
              shown: count(counted.data.journeys, language),
            })}
          </b>
          {counted.data.journeys_share !== null && ` (${share(counted.data.journeys_share, language)})`}
          {also.length > 0 && (
            <span className={classes.also}>
              {t("editor.bind_also", { names: also.map((it) => it.touchpoint).join("», «") })}
            </span>
          )}
        </>
      ) : (
        t("editor.counting")
      )}
    </p>
  );
}
