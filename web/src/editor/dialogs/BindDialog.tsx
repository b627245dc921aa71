import { Button, Checkbox, Group, MultiSelect, SegmentedControl, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useSaidShort } from "../../data/said";
import { count } from "../../draw";
import { useWords } from "../../i18n";
import { occurrences } from "../api";
import { useActionsOf, useEditor, useMap } from "../context";
import { bindingChanges, leaving, ownersOf, takings } from "../model/binding";
import { lookUp } from "../model/indexed";
import { isExpression, type Rule, ruleOf } from "../model/values";
import { Counted } from "./BindCount";
import { SeenRow } from "./BindSeen";
import { Takings } from "./BindTakings";
import { Dialog } from "./Dialog";
import classes from "./dialogs.module.css";
import { expressionMatches, groupSeen, type Seen } from "./seen";

const SHOWN = 200;
const NONE: readonly string[] = [];

/** Which events a touchpoint stands for, picked from what was really seen. */
export function BindDialog({ touchpoint }: { touchpoint: string }) {
  const { store, ui, id } = useEditor();
  const { t, language } = useWords();
  const say = useSaidShort();
  const actions = useActionsOf();
  // What the person saw decides whether they meet with others who bind meanwhile.
  const [was] = useState(() => lookUp(store.getState().document, { touchpoint })?.when ?? null);
  const document = useMap((state) => state.document);
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
  const { taken, held } = useMemo(() => takings(document, touchpoint, rule), [document, touchpoint, rule]);
  const owners = useMemo(() => ownersOf(document), [document]);
  /** Who has it by the map on the screen; those who have it by another column only, by what the service says. */
  const elsewhere = ({ value, bound }: Seen) => {
    const byColumn = bound.filter((name) => {
      const other = ruleOf(lookUp(document, { touchpoint: name })?.when);
      return Object.keys(other).length > 0 && !other.activity;
    });
    return [...owners(value), ...byColumn].filter((name) => name !== touchpoint);
  };
  const close = () => ui.setState({ dialog: null });
  const save = () => {
    const label = taken.length ? "editor.bound_taken" : "editor.bound";
    const names = taken.map((it) => it.from).join("», «");
    actions.run(t(label, { name: touchpoint, names }), bindingChanges(document, touchpoint, rule, was), true);
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
              owners={elsewhere(it)}
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
          {(taken.length > 0 || held.length > 0) && (
            <Takings
              taken={taken}
              held={held}
              onLeave={(values) => put("activity", leaving(activities, values))}
            />
          )}
          <Counted
            rule={rule}
            touchpoint={touchpoint}
            giving={[...taken.map((it) => it.from), ...held.map((it) => it.by)]}
          />
          <Button variant="default" onClick={close}>
            {t("editor.cancel")}
          </Button>
          <Button onClick={save} disabled={held.length > 0}>
            {t(taken.length ? "editor.bind_move" : "editor.bind_save")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
