import { Badge, Button, Checkbox, Group, MultiSelect, SegmentedControl, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useSaidShort } from "../../data/said";
import { count, share } from "../../draw";
import { useWords } from "../../i18n";
import { countBound, occurrences } from "../api";
import { useActionsOf, useEditor } from "../context";
import { lookUp } from "../model/indexed";
import type { Plain } from "../model/types";
import { isExpression, type Rule, ruleOf, writeRule } from "../model/values";
import { Dialog } from "./Dialog";
import classes from "./dialogs.module.css";
import { expressionMatches, groupSeen, type Seen } from "./seen";

const SHOWN = 200;
const NONE: readonly string[] = [];

/** How many events and journeys a rule binds, asked while it is being picked. */
function Counted({ rule, touchpoint }: { rule: Rule; touchpoint: string }) {
  const { t, language } = useWords();
  const say = useSaidShort();
  const { id } = useEditor();
  const [asked] = useDebouncedValue(JSON.stringify(rule), 250);
  const isAny = Object.keys(rule).length > 0;
  const counted = useQuery({
    queryKey: ["bind-count", id, asked],
    queryFn: () => countBound(id, JSON.parse(asked) as Rule, touchpoint),
    enabled: isAny,
    placeholderData: (before) => before,
    retry: false,
  });
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
          {counted.data.also.length > 0 && (
            <span className={classes.also}>
              {t("editor.bind_also", { names: counted.data.also.map((it) => it.touchpoint).join(", ") })}
            </span>
          )}
        </>
      ) : (
        t("editor.counting")
      )}
    </p>
  );
}

function SeenRow({
  seen,
  picked,
  touchpoint,
  channels,
  onPick,
}: {
  seen: Seen;
  picked: boolean;
  touchpoint: string;
  /** The channels that the rule is narrowed to; none: all. */
  channels: readonly string[];
  onPick: () => void;
}) {
  const { t, language } = useWords();
  const elsewhere = seen.bound.filter((name) => name !== touchpoint);
  const isOutside = channels.length > 0 && !seen.channels.some((name) => channels.includes(name));
  return (
    <Checkbox
      className={classes.seen}
      checked={picked}
      onChange={onPick}
      label={
        <span className={classes.seenLabel}>
          <bdi>{seen.value}</bdi>
          <span className="number">{count(seen.events, language)}</span>
          {seen.channels.length > 0 && <span className={classes.channels}>{seen.channels.join(", ")}</span>}
          {isOutside && (
            <Badge size="sm" variant="light" color="gray" className={classes.bound}>
              {t("editor.bind_outside")}
            </Badge>
          )}
          {elsewhere.length > 0 && (
            <Badge size="sm" variant="light" color="gray" className={classes.bound}>
              {t("editor.bound_in", { name: elsewhere.join(", ") })}
            </Badge>
          )}
        </span>
      }
    />
  );
}

/** Which events a touchpoint stands for, picked from what was really seen. */
export function BindDialog({ touchpoint }: { touchpoint: string }) {
  const { store, ui, id } = useEditor();
  const { t, language } = useWords();
  const say = useSaidShort();
  const actions = useActionsOf();
  const was = lookUp(store.getState().document, { touchpoint })?.when ?? null;
  const [rule, setRule] = useState<Rule>(() => ruleOf(was));
  const [wanted, setWanted] = useState("");
  const [which, setWhich] = useState<"all" | "free" | "picked">("all");
  const [typed, setTyped] = useState("");
  const [more, setMore] = useState(false);
  const seen = useQuery({ queryKey: ["occurrences", id], queryFn: () => occurrences(id), staleTime: 60_000 });
  const groups = useMemo(() => groupSeen(seen.data?.seen ?? []), [seen.data]);
  const columns = (seen.data?.columns ?? []).filter((it) => it.column !== "activity");
  const activities = rule.activity ?? [];
  const plain = activities.filter((name) => !isExpression(name));
  const expressions = activities.filter(isExpression);
  const put = (column: string, values: string[]) =>
    setRule((now) => {
      const { [column]: _old, ...others } = now;
      return values.length ? { ...now, [column]: values } : others;
    });
  const toggle = (column: string, value: string) => {
    const values = rule[column] ?? [];
    put(column, values.includes(value) ? values.filter((other) => other !== value) : [...values, value]);
  };
  const needle = wanted.trim().toLowerCase();
  const listed = groups.filter(
    (it) =>
      (!needle || it.value.toLowerCase().includes(needle)) &&
      (which === "all" || (which === "free" ? it.free > 0 : activities.includes(it.value))),
  );
  const preview = expressionMatches(typed, groups);
  const unseen = plain.filter((name) => !groups.some((it) => it.value === name));
  const close = () => ui.setState({ dialog: null });
  const save = () => {
    const value: Plain = writeRule(rule);
    actions.run(t("editor.bound", { name: touchpoint }), [
      { op: "set", on: { touchpoint }, path: ["when"], value, was },
    ]);
    close();
  };
  return (
    <Dialog
      opened
      onClose={close}
      size="xl"
      title={<bdi>{t("editor.bind_title", { name: touchpoint })}</bdi>}
    >
      <div className={classes.bind}>
        <Group gap="xs">
          <TextInput
            data-autofocus=""
            style={{ flex: 1, minWidth: 180 }}
            aria-label={t("editor.bind_search")}
            placeholder={t("editor.bind_search")}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
          <SegmentedControl
            size="xs"
            aria-label={t("editor.bind_which")}
            value={which}
            onChange={(value) => setWhich(value as typeof which)}
            data={(["all", "free", "picked"] as const).map((value) => ({
              value,
              label: t(`editor.bind_which_is.${value}`),
            }))}
          />
        </Group>
        <section className={classes.list} aria-label={t("editor.bind_activities")}>
          {seen.isPending && <p>{t("editor.loading")}</p>}
          {seen.error && <p role="alert">{say(seen.error)}</p>}
          {seen.data && !listed.length && <p>{t("editor.bind_no_match")}</p>}
          {listed.slice(0, SHOWN).map((it) => (
            <SeenRow
              key={it.value}
              seen={it}
              touchpoint={touchpoint}
              channels={rule.channel ?? NONE}
              picked={activities.includes(it.value)}
              onPick={() => toggle("activity", it.value)}
            />
          ))}
          {listed.length > SHOWN && (
            <p>{t("editor.bind_more", { shown: count(listed.length - SHOWN, language) })}</p>
          )}
          {unseen.map((name) => (
            <Checkbox
              key={name}
              className={classes.seen}
              checked
              onChange={() => toggle("activity", name)}
              label={`${name} – ${t("editor.never_seen")}`}
            />
          ))}
        </section>
        <div className={classes.columns}>
          {columns
            .filter((it) => it.column === "channel" || rule[it.column] || more)
            .map((it) => (
              <MultiSelect
                key={it.column}
                size="xs"
                label={t(`editor.column.${it.column}`, { defaultValue: it.column })}
                placeholder={rule[it.column] ? "" : t("editor.bind_any")}
                searchable
                clearable
                data={[...new Set([...it.values.map((value) => value.value), ...(rule[it.column] ?? [])])]}
                value={rule[it.column] ?? []}
                onChange={(values) => put(it.column, values)}
                nothingFoundMessage={t("filters.nothing")}
              />
            ))}
          {!more && columns.length > 1 && (
            <Button size="compact-xs" variant="subtle" onClick={() => setMore(true)}>
              {t("editor.bind_more_columns")}
            </Button>
          )}
        </div>
        <div className={classes.expression}>
          <TextInput
            label={t("editor.expression")}
            description={
              typed
                ? preview.fault
                  ? t("editor.expression_wrong")
                  : t("editor.expression_matches", {
                      count: preview.matches.length,
                      shown: count(preview.matches.length, language),
                      names: preview.matches.slice(0, 6).join(", "),
                    })
                : t("editor.expression_about")
            }
            styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
            leftSection="/"
            rightSection="/"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button
            variant="light"
            disabled={!typed || preview.fault}
            onClick={() => {
              put("activity", [...activities, `/${typed}/`]);
              setTyped("");
            }}
          >
            {t("editor.add")}
          </Button>
        </div>
        {expressions.length > 0 && (
          <Group gap="xs">
            {expressions.map((name) => (
              <Button key={name} size="compact-xs" variant="default" onClick={() => toggle("activity", name)}>
                <code>{name}</code>&nbsp;✕
              </Button>
            ))}
          </Group>
        )}
        <div className={classes.foot}>
          <Counted rule={rule} touchpoint={touchpoint} />
          <Button variant="default" onClick={close}>
            {t("editor.cancel")}
          </Button>
          <Button onClick={save}>{t("editor.bind_save")}</Button>
        </div>
      </div>
    </Dialog>
  );
}
