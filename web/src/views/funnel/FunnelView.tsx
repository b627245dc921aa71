import { Button } from "@mantine/core";
import { useCallback, useMemo } from "react";
import type { Description } from "../../api";
import { offeredAttributes } from "../../data/attributes";
import { type By, useFunnel, useTransitions, useVariants } from "../../data/explore";
import { type Explore, oneOf } from "../../data/exploreAddress";
import { useLivingMap } from "../../data/queries";
import { count, duration } from "../../draw";
import { useWords } from "../../i18n";
import kit from "../explore/explore.module.css";
import { Choice, LevelSwitch, Loaded, Nothing, PickName, Switch, type ViewProps } from "../explore/kit";
import { FunnelBars, type FunnelQuestion } from "./FunnelBars";
import { FunnelGroups } from "./FunnelGroups";
import classes from "./funnel.module.css";
import { StepList } from "./StepList";
import { readWindow, WINDOWS } from "./steps";

const LEVELS = ["touchpoint", "activity", "stage"] as const;
const ORDERS = ["ordered", "strict", "any"] as const;
const COUNTS = ["journeys", "customers"] as const;
const MOST_STEPS = 20;
const NO_FILTERS = { segment: [], channel: [] };

/** Stages of the map with at least one touchpoint: what a funnel is of until somebody says otherwise. */
function useStages(enabled: boolean): string[] | undefined {
  const map = useLivingMap(NO_FILTERS, enabled);
  return useMemo(() => {
    const told = map.data?.map as
      | { stages?: { stage?: unknown; touchpoints?: unknown[] }[] }
      | null
      | undefined;
    return map.data
      ? (told?.stages ?? []).filter((stage) => stage.touchpoints?.length).map((stage) => String(stage.stage))
      : undefined;
  }, [map.data]);
}

/** How many go all the way, and where the others stop: steps, order, window and groups are chosen here. */
export default function FunnelView({ workspace, explore }: ViewProps) {
  const { t } = useWords();
  const { search, choose } = explore;
  const chosen = search.getAll("steps").slice(0, MOST_STEPS);
  const stages = useStages(workspace.has_map && chosen.length === 0);
  const usesStages = chosen.length === 0 && workspace.has_map;
  const by: By = usesStages ? "stage" : workspace.has_map ? oneOf<By>(search, "by", LEVELS) : "touchpoint";
  const steps = usesStages ? (stages ?? []) : chosen;
  const change = useCallback(
    (next: string[], level: By = by) => choose({ steps: next, by: level === "touchpoint" ? null : level }),
    [choose, by],
  );
  const question: FunnelQuestion = {
    by,
    steps,
    order: oneOf(search, "order", ORDERS),
    count: oneOf(search, "count", COUNTS),
    within: readWindow(search.get("within")),
  };
  return (
    <>
      <p className={kit.lead}>{t("explore.funnel.about")}</p>
      <div className={classes.builder}>
        <section className={kit.card} aria-label={t("explore.funnel.builder")}>
          <h2>{t("explore.funnel.steps")}</h2>
          <StepList steps={steps} onChange={change} />
          <AddStep explore={explore} by={by} steps={steps} onAdd={(name) => change([...steps, name])} />
          <Presets explore={explore} workspace={workspace} onChange={change} />
          <div className={classes.options}>
            <LevelSwitch
              value={by}
              hasMap={workspace.has_map}
              onChange={(level) => choose({ by: level, steps: null })}
            />
            <Options question={question} workspace={workspace} explore={explore} />
          </div>
        </section>
        <Counted explore={explore} question={question} waiting={usesStages && stages === undefined} />
      </div>
    </>
  );
}

interface AddStepProps {
  explore: Explore;
  by: By;
  steps: readonly string[];
  onAdd: (name: string) => void;
}

function AddStep({ explore, by, steps, onAdd }: AddStepProps) {
  const { t, language } = useWords();
  const own = useMemo(() => ({ by }), [by]);
  const asked = useTransitions(explore.filters, own);
  const options = useMemo(
    () =>
      [...(asked.data?.nodes ?? [])]
        .sort((a, b) => b.journeys - a.journeys)
        .map((node) => ({ name: node.node, note: count(node.journeys, language) })),
    [asked.data, language],
  );
  if (steps.length >= MOST_STEPS) return <p className={kit.more}>{t("explore.funnel.most")}</p>;
  return (
    <PickName
      label={t("explore.funnel.add")}
      text={t("explore.funnel.add")}
      options={options}
      onPick={onAdd}
      primary
    />
  );
}

interface PresetsProps {
  explore: Explore;
  workspace: Description;
  onChange: (steps: string[], by: By) => void;
}

/** Where to begin: the stages of the map, or the way that most customers take. */
function Presets({ explore, workspace, onChange }: PresetsProps) {
  const { t } = useWords();
  const own = useMemo(() => ({ collapse: true, top: 50 }), []);
  const asked = useVariants(explore.filters, own);
  const way = useMemo(() => {
    const long = asked.data?.variants.find((variant) => new Set(variant.path).size >= 3);
    return [...new Set(long?.path ?? [])].slice(0, 8);
  }, [asked.data]);
  return (
    <p style={{ display: "flex", flexWrap: "wrap", gap: 6, margin: "8px 0 0" }}>
      {workspace.has_map && (
        <Button variant="default" size="compact-xs" onClick={() => onChange([], "stage")}>
          {t("explore.funnel.preset_stages")}
        </Button>
      )}
      {way.length >= 2 && (
        <Button variant="default" size="compact-xs" onClick={() => onChange(way, "touchpoint")}>
          {t("explore.funnel.preset_way")}
        </Button>
      )}
    </p>
  );
}

interface OptionsProps {
  question: FunnelQuestion;
  workspace: Description;
  explore: Explore;
}

function Options({ question, workspace, explore }: OptionsProps) {
  const { t, language } = useWords();
  const { choose, search } = explore;
  const windows =
    question.within && !WINDOWS.includes(question.within) ? [...WINDOWS, question.within] : WINDOWS;
  const groups = ["", ...offeredAttributes(workspace.attributes).map((attribute) => attribute.attribute)];
  if (workspace.channels.length) groups.push("channel");
  const breakdown = groups.find((name) => name === search.get("breakdown")) ?? "";
  return (
    <>
      <Switch
        label={t("explore.funnel.order")}
        value={question.order}
        options={ORDERS.map((value) => ({ value, label: t(`explore.funnel.${value}`) }))}
        onChange={(value) => choose({ order: value === "ordered" ? null : value }, true)}
      />
      <Choice
        label={t("explore.funnel.within")}
        value={String(question.within ?? "")}
        options={[
          { value: "", label: t("explore.funnel.unlimited") },
          ...windows.map((seconds) => ({ value: String(seconds), label: duration(seconds, language) })),
        ]}
        onChange={(value) => choose({ within: value || null }, true)}
      />
      <Choice
        label={t("explore.funnel.breakdown")}
        value={breakdown}
        options={groups.map((name) => ({
          value: name,
          label:
            name === ""
              ? t("explore.funnel.no_breakdown")
              : name === "channel"
                ? t("explore.funnel.first_channel")
                : name,
        }))}
        onChange={(value) => choose({ breakdown: value || null }, true)}
      />
      {workspace.unit !== "customer" && (
        <Switch
          label={t("explore.funnel.count")}
          value={question.count}
          options={COUNTS.map((value) => ({ value, label: t(`explore.funnel.count_${value}`) }))}
          onChange={(value) => choose({ count: value === "journeys" ? null : value }, true)}
        />
      )}
    </>
  );
}

function Counted({
  explore,
  question,
  waiting,
}: {
  explore: Explore;
  question: FunnelQuestion;
  waiting: boolean;
}) {
  const { t } = useWords();
  const breakdown = explore.search.get("breakdown");
  const { by, steps, order, count: counted, within } = question;
  const key = steps.join("\u0000");
  const own = useMemo(
    () => ({
      by,
      steps: [...steps],
      order,
      count: counted,
      ...(within === null ? {} : { within }),
      ...(breakdown ? { breakdown } : {}),
    }),
    [by, key, order, counted, within, breakdown],
  );
  const asked = useFunnel(explore.filters, own, steps.length > 0);
  if (steps.length === 0 && !waiting)
    return <Nothing title={t("explore.funnel.empty")} text={t("explore.funnel.empty_about")} />;
  return (
    <Loaded asked={asked} onClear={explore.clear}>
      {(told) => (
        <div style={{ display: "flex", flexDirection: "column", gap: 14 }}>
          <FunnelBars told={told} question={question} filters={explore.filters} />
          {told.groups.length > 0 && (
            <FunnelGroups told={told} question={question} filters={explore.filters} />
          )}
        </div>
      )}
    </Loaded>
  );
}
