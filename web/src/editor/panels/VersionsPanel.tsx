import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSaidShort } from "../../data/said";
import { count } from "../../draw";
import { useWords } from "../../i18n";
import { useTimes } from "../../i18n/times";
import { askVersions, difference, label as nameVersion, restore, type VersionInfo } from "../api";
import { useActionsOf, useEditor, useMap } from "../context";
import classes from "../editor.module.css";
import { useLimit } from "../limit";
import { DifferenceList } from "./DifferenceList";
import { Panel } from "./Panel";

const PAGE = 40;
const OPS = ["set", "add", "rename", "move", "remove"] as const;

/** What a version did, in figures. */
function useDeed(): (info: VersionInfo) => string {
  const { t, language } = useWords();
  return (info) => {
    if (info.how !== "changed") return t(`editor.how.${info.how}`);
    const what = info.what ?? {};
    const parts = OPS.flatMap((op) => {
      const n = what[op];
      return typeof n === "number" ? [t(`editor.did_op.${op}`, { count: n, shown: count(n, language) })] : [];
    });
    const { where } = what;
    const names = Array.isArray(where) ? where.filter((name) => typeof name === "string") : [];
    return [parts.join(", "), names.join(", ")].filter(Boolean).join(": ");
  };
}

function Labelled({ info }: { info: VersionInfo }) {
  const { id } = useEditor();
  const { t } = useWords();
  const limit = useLimit();
  const say = useSaidShort();
  const client = useQueryClient();
  const [typed, setTyped] = useState<string | null>(null);
  const name = useMutation({
    mutationFn: (value: string | null) => nameVersion(id, info.version, value),
    onSuccess: () => {
      setTyped(null);
      void client.invalidateQueries({ queryKey: ["versions", id] });
    },
  });
  if (typed === null)
    return (
      <Button size="compact-xs" variant="subtle" onClick={() => setTyped(info.label ?? "")}>
        {t(info.label ? "editor.relabel" : "editor.label")}
      </Button>
    );
  return (
    <form
      className={classes.row}
      onSubmit={(event) => {
        event.preventDefault();
        name.mutate(typed.trim() || null);
      }}
    >
      <TextInput
        size="xs"
        autoFocus
        aria-label={t("editor.label_name")}
        placeholder={t("editor.label_example")}
        maxLength={200}
        inputWrapperOrder={["label", "input", "description", "error"]}
        description={limit(typed, 200)}
        error={say(name.error)}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button size="xs" type="submit" loading={name.isPending}>
        {t("editor.save")}
      </Button>
    </form>
  );
}

interface OneProps {
  info: VersionInfo;
  newest: boolean;
  chosen: boolean;
  onChoose: () => void;
}

function One({ info, newest, chosen, onChoose }: OneProps) {
  const { id, store } = useEditor();
  const { t } = useWords();
  const say = useSaidShort();
  const { moment } = useTimes();
  const client = useQueryClient();
  const actions = useActionsOf();
  const deed = useDeed();
  const back = useMutation({
    mutationFn: async () => {
      await store.flush();
      return restore(id, info.version);
    },
    onSuccess: (loaded) => {
      store.reload(loaded);
      actions.say(t("editor.restored", { n: info.version }));
      void client.invalidateQueries({ queryKey: ["versions", id] });
    },
  });
  return (
    <li className={classes.box} data-chosen={chosen || undefined}>
      <div className={classes.boxHead}>
        <b dir="auto">{info.label ?? t("editor.version", { n: info.version })}</b>
        <span>
          {info.author && <bdi>{info.author} · </bdi>}
          {moment(info.saved_at)}
        </span>
      </div>
      <p className={classes.quiet} dir="auto">
        {deed(info)}
      </p>
      <div className={classes.row}>
        <Button
          size="compact-xs"
          variant={chosen ? "filled" : "subtle"}
          aria-pressed={chosen}
          onClick={onChoose}
        >
          {t("editor.compare")}
        </Button>
        <Labelled info={info} />
        {!newest && (
          <Button size="compact-xs" variant="subtle" loading={back.isPending} onClick={() => back.mutate()}>
            {t("editor.restore")}
          </Button>
        )}
      </div>
      {back.error && <p role="alert">{say(back.error)}</p>}
    </li>
  );
}

/** Every version with its author and time; labels, the difference of two, and the way back. */
export default function VersionsPanel() {
  const { id } = useEditor();
  const { t } = useWords();
  const say = useSaidShort();
  const { zone } = useTimes();
  const version = useMap((state) => state.version);
  const [chosen, setChosen] = useState<number[]>([]);
  const [shown, setShown] = useState(PAGE);
  const [onlyLabelled, setOnlyLabelled] = useState(false);
  const versions = useQuery({ queryKey: ["versions", id, version], queryFn: () => askVersions(id) });
  const all = (versions.data ?? []).filter((info) => !onlyLabelled || info.label);
  const [one, other] = [...chosen].sort((a, b) => a - b);
  const pair = one !== undefined && (other ?? version) !== one ? ([one, other ?? version] as const) : null;
  const differs = useQuery({
    queryKey: ["difference", id, pair],
    queryFn: () => difference(id, pair?.[0] ?? 1, pair?.[1] ?? 1),
    enabled: pair !== null,
  });
  const choose = (n: number) =>
    setChosen((now) => (now.includes(n) ? now.filter((it) => it !== n) : [...now.slice(-1), n]));
  return (
    <Panel title={t("editor.versions")}>
      <p className={classes.quiet}>
        {t("editor.versions_about")} {t("header.zone", { zone })}
      </p>
      {pair && (
        <section aria-live="polite" className={classes.box}>
          <div className={classes.boxHead}>
            <b>{t("editor.difference", { one: pair[0], other: pair[1] })}</b>
            <Button size="compact-xs" variant="subtle" onClick={() => setChosen([])}>
              {t("editor.close")}
            </Button>
          </div>
          {differs.isPending && <p className={classes.quiet}>{t("editor.loading")}</p>}
          {differs.error && <p role="alert">{say(differs.error)}</p>}
          {differs.data && <DifferenceList difference={differs.data} />}
        </section>
      )}
      <Button
        size="compact-xs"
        variant={onlyLabelled ? "filled" : "default"}
        aria-pressed={onlyLabelled}
        style={{ alignSelf: "start" }}
        onClick={() => setOnlyLabelled(!onlyLabelled)}
      >
        {t("editor.only_labelled")}
      </Button>
      {versions.isPending && <p className={classes.quiet}>{t("editor.loading")}</p>}
      {versions.error && <p role="alert">{say(versions.error)}</p>}
      {versions.data && !all.length && <p className={classes.quiet}>{t("editor.no_labelled")}</p>}
      <ol style={{ listStyle: "none", margin: 0, padding: 0, display: "grid", gap: 8 }}>
        {all.slice(0, shown).map((info) => (
          <One
            key={info.version}
            info={info}
            newest={info.version === version}
            chosen={chosen.includes(info.version)}
            onChoose={() => choose(info.version)}
          />
        ))}
      </ol>
      {all.length > shown && (
        <Button variant="default" size="xs" onClick={() => setShown(shown + PAGE)}>
          {t("editor.older")}
        </Button>
      )}
    </Panel>
  );
}
