import { Button } from "@mantine/core";
import { memo, useMemo, useState } from "react";
import type { Variant, Variants } from "../../api";
import { type By, useVariants } from "../../data/explore";
import { type Explore, journeysLink } from "../../data/exploreAddress";
import { count, duration, ENOUGH, share, shareInterval } from "../../draw";
import { useWords } from "../../i18n";
import kit from "../explore/explore.module.css";
import { Figure, Loaded, Nothing, Scroll, ToJourneys } from "../explore/kit";
import classes from "./paths.module.css";

const PORTION = 20;
const MOST = 200;
/** Steps of a scenario beyond these are counted, not drawn. */
const LONGEST = 30;

/** A way as chips; a long one is cut, its length said. */
export const Chips = memo(function Chips({
  path,
  total = path.length,
}: {
  path: readonly string[];
  total?: number;
}) {
  const { t, language } = useWords();
  const shown = path.slice(0, LONGEST);
  return (
    <ol className={classes.chips}>
      {shown.map((name, place) => (
        <li key={place}>
          <bdi className={classes.chip} title={name}>
            {name}
          </bdi>
        </li>
      ))}
      {total > shown.length && (
        <li className={kit.more}>
          {t("explore.paths.more_steps", { n: count(total - shown.length, language) })}
        </li>
      )}
    </ol>
  );
});

/** The scenarios that customers really live, most frequent first. */
export function VariantsView({ explore, by, collapse }: { explore: Explore; by: By; collapse: boolean }) {
  const { t } = useWords();
  const own = useMemo(() => ({ by, collapse, top: MOST }), [by, collapse]);
  const asked = useVariants(explore.filters, own);
  return (
    <Loaded asked={asked} onClear={explore.clear}>
      {(told) =>
        told.journeys === 0 ? (
          <Nothing title={t("explore.paths.no_paths")} />
        ) : (
          <List key={`${by} ${collapse}`} told={told} explore={explore} by={by} collapse={collapse} />
        )
      }
    </Loaded>
  );
}

function List({
  told,
  explore,
  by,
  collapse,
}: {
  told: Variants;
  explore: Explore;
  by: By;
  collapse: boolean;
}) {
  const { t, language } = useWords();
  const [portion, setPortion] = useState(PORTION);
  const widest = told.variants[0]?.share ?? 1;
  const more = told.variants.length - portion;
  return (
    <>
      <div className={kit.card}>
        <dl className={kit.figures}>
          <Figure name={t("explore.paths.scenarios")} value={count(told.total, language)} />
          <Figure
            name={t("explore.paths.once")}
            value={count(told.once, language)}
            more={t("explore.paths.once_about")}
          />
          <Figure
            name={t("explore.paths.unseen")}
            value={share(told.unseen_share, language)}
            more={t("explore.paths.unseen_about")}
          />
          <Figure name={t("explore.journeys_n")} value={count(told.journeys, language)} />
        </dl>
      </div>
      <Scroll label={t("explore.paths.variants")}>
        <table className={kit.table} data-variants={told.variants.length}>
          <thead>
            <tr>
              <th scope="col">№</th>
              <th scope="col">{t("explore.paths.way")}</th>
              <th scope="col" data-number="">
                {t("explore.journeys_n")}
              </th>
              <th scope="col">{t("explore.share")}</th>
              <th scope="col" data-number="">
                {t("explore.paths.together")}
              </th>
              <th scope="col" data-number="">
                {t("explore.goal_rate")}
              </th>
              <th scope="col" data-number="">
                {t("explore.mean_time")}
              </th>
            </tr>
          </thead>
          <tbody>
            {told.variants.slice(0, portion).map((variant, place) => (
              <Row
                key={variant.path.join("\u0000")}
                variant={variant}
                rank={place + 1}
                widest={widest}
                to={journeysLink(explore.filters, { by, path: variant.path, collapse })}
              />
            ))}
          </tbody>
        </table>
        {more > 0 && (
          <Button variant="default" size="xs" mt="sm" onClick={() => setPortion(portion + PORTION)}>
            {t("explore.show_more", { n: count(Math.min(more, PORTION), language) })}
          </Button>
        )}
      </Scroll>
    </>
  );
}

interface RowProps {
  variant: Variant;
  rank: number;
  widest: number;
  to: string;
}

const Row = memo(function Row({ variant, rank, widest, to }: RowProps) {
  const { t, language } = useWords();
  const few = variant.journeys < ENOUGH;
  return (
    <tr>
      <td data-number="">{rank}</td>
      <th scope="row">
        {variant.path.length ? (
          <Chips path={variant.path} />
        ) : (
          <span className={kit.more}>{t("explore.paths.off_map")}</span>
        )}
      </th>
      <td data-number="">
        {variant.path.length ? (
          <ToJourneys to={to} n={variant.journeys} label={t("explore.paths.scenario_n", { n: rank })} />
        ) : (
          count(variant.journeys, language)
        )}
      </td>
      <td style={{ minWidth: 120 }}>
        <span className={kit.track} aria-hidden="true">
          <span className={kit.bar} style={{ width: `${(variant.share / widest) * 100}%` }} />
        </span>
        <span className="number">{share(variant.share, language)}</span>
      </td>
      <td data-number="">{share(variant.cumulative_share, language)}</td>
      <td data-number="" className={few ? kit.few : undefined}>
        {share(variant.goal_rate, language)}
        <br />
        <span className={kit.more}>
          {shareInterval(variant.goal_rate_low, variant.goal_rate_high, language)}
        </span>
      </td>
      <td data-number="">{duration(variant.mean_seconds, language)}</td>
    </tr>
  );
});
