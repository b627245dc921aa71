import { memo, useMemo } from "react";
import { Link } from "react-router";
import type { Flow } from "../../api";
import type { By } from "../../data/explore";
import { useFlow } from "../../data/explore";
import { type Explore, journeysLink } from "../../data/exploreAddress";
import { count, share, shareInterval } from "../../draw";
import { useWords } from "../../i18n";
import kit from "../explore/explore.module.css";
import { Loaded, Nothing, Scroll, ToJourneys } from "../explore/kit";
import { alluvialOf, BLOCK, type Block, conditionOf, type Ribbon, shownAt, WIDTH } from "./alluvial";
import classes from "./paths.module.css";

/** Letters that fit beside a block. */
const FITS = 25;
const cut = (text: string): string => (text.length > FITS ? `${text.slice(0, FITS - 1)}…` : text);

interface FlowProps {
  explore: Explore;
  by: By;
  anchor: string;
  direction: "after" | "before";
  steps: number;
}

/** Where customers go from one place, or come to it from, step by step. */
export function FlowView({ explore, by, anchor, direction, steps }: FlowProps) {
  const { t } = useWords();
  const own = useMemo(
    () => ({ by, anchor, direction, steps, top: 7, collapse: true }),
    [by, anchor, direction, steps],
  );
  const asked = useFlow(explore.filters, own, anchor !== "");
  return (
    <Loaded asked={asked} onClear={explore.clear}>
      {(flow) =>
        flow.journeys === 0 ? (
          <Nothing title={t("explore.flow.nobody")} text={t("explore.flow.nobody_about")} />
        ) : (
          <Drawn flow={flow} explore={explore} />
        )
      }
    </Loaded>
  );
}

function useFlowWords(flow: Flow) {
  const { t, language } = useWords();
  const nameOf = (block: Block): string =>
    block.kind === "name"
      ? (block.name ?? "")
      : block.kind === "end"
        ? t(flow.direction === "after" ? "explore.flow.ended" : "explore.flow.began")
        : t("explore.flow.other", { count: block.place?.names ?? 0 });
  return { t, language, nameOf };
}

function Drawn({ flow, explore }: { flow: Flow; explore: Explore }) {
  const { t, language, nameOf } = useFlowWords(flow);
  const { blocks, ribbons, height } = useMemo(() => alluvialOf(flow), [flow]);
  const link = (...chosen: Block[]) => {
    const parts = chosen.map((block) => conditionOf(block, shownAt(flow, block.step)));
    return journeysLink(explore.filters, {
      by: flow.by as By,
      anchor: flow.anchor,
      direction: flow.direction as "after",
      collapse: true,
      at: parts.flatMap((part) => part.at),
      not_at: [...parts.flatMap((part) => part.not_at), ...unended(chosen)],
    });
  };
  return (
    <>
      <p className={kit.lead}>
        {t(`explore.flow.about.${flow.direction as "after"}`, {
          anchor: flow.anchor,
          n: count(flow.journeys, language),
        })}
      </p>
      <div className={`${kit.card} ${kit.scroll}`}>
        {/* biome-ignore lint/a11y/useSemanticElements: a picture with parts is a group, no set of fields */}
        <svg
          className={classes.sankey}
          viewBox={`0 -6 ${WIDTH} ${height + 34}`}
          role="group"
          aria-label={t("explore.flow.picture", { anchor: flow.anchor })}
          data-flow={flow.journeys}
        >
          {ribbons.map((ribbon) => (
            <RibbonOf
              key={ribbon.key}
              ribbon={ribbon}
              to={link(ribbon.source, ribbon.target)}
              text={`${nameOf(ribbon.source)} → ${nameOf(ribbon.target)}: ${count(ribbon.journeys, language)}`}
            />
          ))}
          {blocks.map((block) => (
            <BlockOf
              key={block.key}
              block={block}
              to={link(block)}
              name={nameOf(block)}
              numbers={`${count(block.journeys, language)} · ${share(block.journeys / flow.journeys, language)}`}
            />
          ))}
        </svg>
      </div>
      <FlowTable flow={flow} blocks={blocks} nameOf={nameOf} link={link} />
    </>
  );
}

/** The end is told once: of those that ended at an earlier step nothing more is said. */
const unended = (chosen: readonly Block[]): string[] =>
  chosen.length === 1 && chosen[0] && chosen[0].step > 1 && chosen[0].kind === "end"
    ? [`${chosen[0].step - 1}=`]
    : [];

const RibbonOf = memo(function RibbonOf({ ribbon, to, text }: { ribbon: Ribbon; to: string; text: string }) {
  return (
    <Link to={to} aria-label={text} tabIndex={-1}>
      <path className={classes.ribbon} d={ribbon.path} data-kind={ribbon.target.kind}>
        <title>{text}</title>
      </path>
    </Link>
  );
});

interface BlockProps {
  block: Block;
  to: string;
  name: string;
  numbers: string;
}

const BlockOf = memo(function BlockOf({ block, to, name, numbers }: BlockProps) {
  const middle = block.y + Math.min(block.height / 2, 22);
  return (
    <>
      <Link to={to} aria-label={`${name}: ${numbers}`} data-kind={block.kind}>
        <title>{`${name}: ${numbers}`}</title>
        <rect x={block.x} y={block.y} width={BLOCK} height={block.height} rx="3" />
      </Link>
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a text of a picture takes no focus; the link beside it says the same */}
      <text x={block.x + BLOCK + 6} y={middle + 2} aria-hidden="true">
        <tspan>{cut(name)}</tspan>
        <tspan className={classes.small} x={block.x + BLOCK + 6} dy="14">
          {numbers}
        </tspan>
      </text>
    </>
  );
});

interface FlowTableProps {
  flow: Flow;
  blocks: readonly Block[];
  nameOf: (block: Block) => string;
  link: (...chosen: Block[]) => string;
}

function FlowTable({ flow, blocks, nameOf, link }: FlowTableProps) {
  const { t, language } = useWords();
  return (
    <details className={kit.card}>
      <summary>{t("explore.as_table")}</summary>
      <Scroll card={false} label={t("explore.as_table")}>
        <table className={kit.table}>
          <thead>
            <tr>
              <th scope="col" data-number="">
                {t("explore.flow.step")}
              </th>
              <th scope="col">{t("explore.flow.place")}</th>
              <th scope="col" data-number="">
                {t("explore.journeys_n")}
              </th>
              <th scope="col" data-number="">
                {t("explore.share_of", { n: count(flow.journeys, language) })}
              </th>
            </tr>
          </thead>
          <tbody>
            {blocks
              .filter((block) => block.place)
              .map((block) => (
                <tr key={block.key}>
                  <td data-number="">{block.step}</td>
                  <th scope="row">
                    <bdi>{nameOf(block)}</bdi>
                  </th>
                  <td data-number="">
                    <ToJourneys to={link(block)} n={block.journeys} label={nameOf(block)} />
                  </td>
                  <td data-number="">
                    {share(block.place?.share, language)}{" "}
                    <span className={kit.more}>
                      {shareInterval(block.place?.share_low, block.place?.share_high, language)}
                    </span>
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}
