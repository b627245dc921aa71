/** The conditions of a list of journeys, said to a person; each part says which words of the address it stands for. */

import type { Conditions } from "../../data/exploreAddress";
import { duration, type Language } from "../../draw";
import type { Translate } from "../../i18n";

export interface Part {
  text: string;
  /** What goes from the address when the part is taken away. */
  names: string[];
}

export function described(conditions: Conditions, t: Translate, language: Language): Part[] {
  const parts: Part[] = [];
  const say = (names: string[], text: string) => parts.push({ names, text });
  const c = conditions;
  for (const name of c.through ?? []) say(["through"], t("explore.said.through", { name }));
  for (const name of c.without ?? []) say(["without"], t("explore.said.without", { name }));
  if (c.starts) say(["starts"], t("explore.said.starts", { name: c.starts }));
  if (c.ends) say(["ends"], t("explore.said.ends", { name: c.ends }));
  if (c.again) say(["again"], t("explore.said.again", { name: c.again }));
  if (c.failed_at) say(["failed_at"], t("explore.said.failed_at", { name: c.failed_at }));
  if (c.source || c.target) say(["source", "target", "longer", "shorter"], stepOf(c, t, language));
  if (c.handed_from || c.handed_to)
    say(
      ["handed_from", "handed_to", "performer"],
      t("explore.said.handed", { source: c.handed_from ?? "…", target: c.handed_to ?? "…" }),
    );
  if (c.path?.length)
    say(["path", "path_is", "collapse"], t("explore.said.path", { path: c.path.join(" → ") }));
  if (c.anchor) say(["anchor", "direction", "at", "not_at", "collapse"], anchorOf(c, t));
  if (c.steps?.length)
    say(["steps", "within", "order", "entry", "count", "made", "stopped_after"], funnelOf(c, t, language));
  if (c.group) say(["group"], c.group.replace("=", ": "));
  if (c.outcome?.length) say(["outcome"], c.outcome.map((outcome) => t(`outcome.${outcome}`)).join(", "));
  if (c.missed_at) say(["missed_at", "promise"], t("explore.said.missed_at", { name: c.missed_at }));
  if (c.kept_at) say(["kept_at", "promise"], t("explore.said.kept_at", { name: c.kept_at }));
  if (c.scored || c.scored_at || c.score_kind) say(["scored", "scored_at", "score_kind"], scoreOf(c, t));
  if (c.active_since || c.active_until)
    say(
      ["active_since", "active_until"],
      t("explore.said.active", { from: c.active_since ?? "…", to: c.active_until ?? "…" }),
    );
  return parts;
}

function stepOf(c: Conditions, t: Translate, language: Language): string {
  const step =
    c.source && c.target
      ? t("explore.said.step", { source: c.source, target: c.target })
      : c.source
        ? t("explore.said.step_from", { source: c.source })
        : t("explore.said.step_to", { target: c.target ?? "" });
  const limits = [
    c.longer ? t("explore.said.longer", { time: duration(c.longer, language) }) : "",
    c.shorter !== undefined && c.shorter !== null
      ? t("explore.said.shorter", { time: duration(Number(c.shorter), language) })
      : "",
  ].filter(Boolean);
  return [step, ...limits].join(", ");
}

function anchorOf(c: Conditions, t: Translate): string {
  const before = c.direction === "before";
  const parts = [
    ...(c.at ?? []).map((text) => [text, true] as const),
    ...(c.not_at ?? []).map((text) => [text, false] as const),
  ];
  const said = parts.map(([text, is]) => {
    const [step = "", ...rest] = text.split("=");
    const name = rest.join("=") || t(before ? "explore.said.nothing_before" : "explore.said.nothing_after");
    return t(is ? "explore.said.at" : "explore.said.not_at", { step, name });
  });
  const head = t(before ? "explore.said.before" : "explore.said.after", { name: c.anchor ?? "" });
  return [head, ...said.slice(0, 4), ...(said.length > 4 ? ["…"] : [])].join(", ");
}

function funnelOf(c: Conditions, t: Translate, language: Language): string {
  const steps = c.steps ?? [];
  const window = c.within ? t("explore.said.within", { time: duration(Number(c.within), language) }) : "";
  const made = c.stopped_after ?? c.made ?? 0;
  const name = steps[made - 1] ?? "";
  const said =
    made === 0
      ? t("explore.said.funnel_none", { name: steps[0] ?? "" })
      : c.stopped_after !== undefined && c.stopped_after !== null
        ? t("explore.said.funnel_stopped", { name, next: steps[made] ?? "" })
        : t("explore.said.funnel_made", { name });
  return [said, window].filter(Boolean).join(", ");
}

function scoreOf(c: Conditions, t: Translate): string {
  const what =
    c.scored === "low"
      ? t("explore.said.scored_low")
      : c.scored === "high"
        ? t("explore.said.scored_high")
        : t("explore.said.scored");
  const kind = c.score_kind ? t(`kind.${c.score_kind as "nps"}`, { defaultValue: c.score_kind }) : "";
  const about = c.scored_at ? t("explore.said.scored_at", { name: c.scored_at }) : "";
  return [what, kind, about].filter(Boolean).join(" · ");
}
