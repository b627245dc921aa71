import { useMemo } from "react";
import { type By, useWaits } from "../../data/explore";
import { oneOf } from "../../data/exploreAddress";
import { useWords } from "../../i18n";
import kit from "../explore/explore.module.css";
import { Choice, LevelSwitch, Loaded, Nothing, Switch, type ViewProps } from "../explore/kit";
import { Hands } from "./Hands";
import { StepWaits } from "./StepWaits";

const LEVELS = ["touchpoint", "activity", "stage"] as const;
const MODES = ["steps", "hands"] as const;
const TOP = 100;

/** Where time is lost: between steps, and from hand to hand. */
export default function WaitsView({ workspace, explore }: ViewProps) {
  const { t } = useWords();
  const { search, choose } = explore;
  const mode = oneOf(search, "mode", MODES);
  const by = workspace.has_map ? oneOf<By>(search, "by", LEVELS) : "touchpoint";
  const performers = ["performer", ...workspace.attributes.map((attribute) => attribute.attribute)];
  const performer = performers.find((name) => name === search.get("performer")) ?? "performer";
  const own = useMemo(() => ({ by, performer, top: TOP }), [by, performer]);
  const asked = useWaits(explore.filters, own);
  return (
    <>
      <p className={kit.lead}>{t(`explore.waits.about.${mode}`)}</p>
      <div className={kit.controls}>
        <Switch
          label={t("explore.waits.mode")}
          value={mode}
          options={MODES.map((value) => ({ value, label: t(`explore.waits.view.${value}`) }))}
          onChange={(value) => choose({ mode: value === "steps" ? null : value })}
        />
        {mode === "steps" ? (
          <LevelSwitch
            value={by}
            hasMap={workspace.has_map}
            onChange={(value) => choose({ by: value === "touchpoint" ? null : value, from: null, to: null })}
          />
        ) : (
          <Choice
            label={t("explore.waits.performer")}
            value={performer}
            options={performers.map((name) => ({
              value: name,
              label: name === "performer" ? t("explore.journey.performer") : name,
            }))}
            onChange={(value) => choose({ performer: value === "performer" ? null : value })}
          />
        )}
      </div>
      <Loaded asked={asked} onClear={explore.clear}>
        {(told) =>
          mode === "hands" ? (
            <Hands told={told} explore={explore} />
          ) : told.between.length === 0 ? (
            <Nothing title={t("explore.waits.none")} text={t("explore.waits.none_about")} />
          ) : (
            <StepWaits told={told} by={by} explore={explore} />
          )
        }
      </Loaded>
    </>
  );
}
