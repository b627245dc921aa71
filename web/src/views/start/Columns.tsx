import { Button, NativeSelect, TextInput } from "@mantine/core";
import { memo, useMemo, useState } from "react";
import type { Column, HowToRead, Look } from "../../api";
import { count } from "../../draw";
import { useWords } from "../../i18n";
import { reading, type Shape, withRole } from "./files";
import { LongName } from "./LongName";
import { KINDS } from "./Preview";
import { Scroll } from "./Scroll";
import classes from "./start.module.css";

/** What a column may be taken for, by kind of file. */
const ROLES: Record<Shape, string[]> = {
  events: [
    "time",
    "time_of_day",
    "activity",
    "customer_id",
    "case_id",
    "channel",
    "status",
    "actor",
    "performer",
    "value",
    "ended_at",
    "ended_time_of_day",
    "promised_at",
    "promised_time_of_day",
    "event_id",
    "identifier",
  ],
  wide: [
    "milestone",
    "customer_id",
    "case_id",
    "channel",
    "performer",
    "status",
    "value",
    "promised_at",
    "promised_time_of_day",
    "event_id",
    "identifier",
  ],
  feedback: [
    "time",
    "time_of_day",
    "customer_id",
    "kind",
    "score",
    "text",
    "case_id",
    "channel",
    "activity",
    "identifier",
  ],
  customers: ["customer_id", "identifier"],
  identities: ["identifier_a", "identifier_b"],
};
const SHOWN = 14;

interface RowProps {
  column: Column;
  roles: string[];
  onRole: (column: Column, role: string) => void;
  onActivity: (column: Column, activity: string) => void;
}

const Row = memo(function Row({ column, roles, onRole, onActivity }: RowProps) {
  const { t } = useWords();
  const [name, setName] = useState(column.activity ?? "");
  const options = ["attribute", ...roles];
  if (!options.includes(column.role)) options.push(column.role);
  return (
    <tr data-role={column.role}>
      <th scope="row" dir="auto">
        <LongName name={column.name} />
      </th>
      <td className={classes.examples} dir="auto">
        {column.examples.length ? column.examples.join(" · ") : t("start.columns.empty")}
      </td>
      <td>
        <NativeSelect
          size="xs"
          aria-label={t("start.columns.meaning_of", { column: column.name })}
          value={column.role}
          onChange={(event) => onRole(column, event.currentTarget.value)}
          data={options.map((role) => ({
            value: role,
            label: t(`start.role.${role}` as "start.role.time"),
            disabled: role === "ignored",
          }))}
        />
        {column.role === "milestone" && (
          <TextInput
            size="xs"
            mt={4}
            aria-label={t("start.columns.milestone_of", { column: column.name })}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            onBlur={() => name.trim() && name.trim() !== column.activity && onActivity(column, name.trim())}
          />
        )}
      </td>
      <td className={classes.by}>
        {column.by && <span data-by={column.by}>{t(`start.by.${column.by}` as "start.by.name")}</span>}
      </td>
    </tr>
  );
});

/** What holds for all rows alike: where no column says it. */
function ForAllRows({ look, onChange }: { look: Look; onChange: (how: HowToRead) => void }) {
  const { t } = useWords();
  const how = reading(look);
  const activity = how.columns?.activity?.startsWith(":") ? how.columns.activity.slice(1) : null;
  const [typed, setTyped] = useState(activity ?? "");
  const kind = how.columns?.kind?.startsWith(":") ? how.columns.kind.slice(1) : null;
  const kindColumn = look.columns.some((column) => column.role === "kind");
  const say = (name: string, word: string) =>
    onChange({ ...how, columns: { ...how.columns, [name]: `:${word}` } });
  if (look.shape === "feedback" && !kindColumn)
    return (
      <NativeSelect
        className={classes.constant}
        label={t("start.columns.kind_for_all")}
        value={kind ?? ""}
        onChange={(event) => say("kind", event.currentTarget.value)}
        data={[
          ...(kind ? [] : [{ value: "", label: t("start.columns.choose") }]),
          ...KINDS.map((word) => ({
            value: word,
            label: t(`start.kind.${word}` as "start.kind.nps"),
          })),
        ]}
      />
    );
  if (look.shape === "events" && activity !== null)
    return (
      <TextInput
        className={classes.constant}
        label={t("start.columns.activity_for_all")}
        description={t("start.columns.activity_for_all_about")}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => typed.trim() && typed.trim() !== activity && say("activity", typed.trim())}
      />
    );
  return null;
}

function meantFirst(columns: Column[]): string[] {
  const meant = columns.filter((column) => column.role !== "attribute" && column.role !== "ignored");
  return [...meant, ...columns.filter((column) => !meant.includes(column))].map((column) => column.name);
}

/** The columns of a file, each with what it is taken for; anything may be mended. */
export function Columns({ look, onChange }: { look: Look; onChange: (how: HowToRead) => void }) {
  const { t, language } = useWords();
  const [all, setAll] = useState(false);
  const [search, setSearch] = useState("");
  // What was meant at first stands first, and stays where it is whatever it is taken for afterwards.
  const file = [look.shape, ...look.columns.map((column) => column.name)].join("\n");
  const [order, setOrder] = useState({ file, names: meantFirst(look.columns) });
  if (order.file !== file) setOrder({ file, names: meantFirst(look.columns) });
  const sorted = useMemo(() => {
    const place = new Map(order.names.map((name, index) => [name, index]));
    return [...look.columns].sort((one, other) => (place.get(one.name) ?? 0) - (place.get(other.name) ?? 0));
  }, [look.columns, order]);
  const found = sorted.filter((column) => column.name.toLowerCase().includes(search.trim().toLowerCase()));
  const shown = all || search ? found : found.slice(0, SHOWN);
  const how = reading(look);
  return (
    <div className={classes.columns}>
      <ForAllRows key={JSON.stringify(how.columns?.activity ?? "")} look={look} onChange={onChange} />
      {look.columns.length > SHOWN && (
        <TextInput
          size="xs"
          className={classes.columnSearch}
          placeholder={t("start.columns.search")}
          aria-label={t("start.columns.search")}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <Scroll label={t("start.columns.title")}>
        <table className={classes.columnTable}>
          <thead>
            <tr>
              <th scope="col">{t("start.columns.column")}</th>
              <th scope="col">{t("start.columns.examples")}</th>
              <th scope="col">{t("start.columns.meaning")}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {shown.map((column) => (
              <Row
                key={`${column.name}-${column.activity ?? ""}`}
                column={column}
                roles={ROLES[look.shape]}
                onRole={(one, role) => onChange(withRole(look, one, role))}
                onActivity={(one, activity) => {
                  const rest = Object.entries(how.milestones ?? {}).filter(
                    ([, theirs]) => theirs !== one.name,
                  );
                  onChange({ ...how, milestones: { ...Object.fromEntries(rest), [activity]: one.name } });
                }}
              />
            ))}
          </tbody>
        </table>
      </Scroll>
      {!search && found.length > shown.length && (
        <Button size="xs" variant="default" onClick={() => setAll(true)}>
          {t("start.columns.more", {
            count: found.length - shown.length,
            n: count(found.length - shown.length, language),
          })}
        </Button>
      )}
      {look.more_columns > 0 && (
        <p className={classes.note}>{t("start.columns.beyond", { n: count(look.more_columns, language) })}</p>
      )}
    </div>
  );
}
