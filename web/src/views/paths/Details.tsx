import { Button } from "@mantine/core";
import { Link } from "react-router";
import type { Transitions } from "../../api";
import { type By, useWaitTimes } from "../../data/explore";
import { type Conditions, type Explore, journeysLink } from "../../data/exploreAddress";
import { withSearch } from "../../data/findingsAddress";
import { count, duration, interval, share } from "../../draw";
import { useWords } from "../../i18n";
import kit from "../explore/explore.module.css";
import { Figure, ToJourneys } from "../explore/kit";
import { END, START } from "./graph";
import type { Picked } from "./PathsGraph";

interface DetailsProps {
  told: Transitions;
  by: By;
  picked: Picked;
  explore: Explore;
  onPick: (picked: Picked) => void;
}

/** What is picked in the graph, in numbers that open their journeys. */
export function Details({ told, by, picked, explore, onPick }: DetailsProps) {
  const { t } = useWords();
  return (
    <aside className={kit.card} aria-live="polite" aria-label={t("explore.paths.picked")} data-picked="">
      {picked === null ? (
        <p className={kit.lead}>{t("explore.paths.pick")}</p>
      ) : picked.kind === "node" ? (
        <OfNode told={told} by={by} id={picked.id} explore={explore} onPick={onPick} />
      ) : (
        <OfEdge told={told} by={by} source={picked.source} target={picked.target} explore={explore} />
      )}
    </aside>
  );
}

interface NodeProps extends Omit<DetailsProps, "picked"> {
  id: string;
}

function OfNode({ told, by, id, explore, onPick }: NodeProps) {
  const { t, language } = useWords();
  const node = told.nodes.find((other) => other.node === id);
  if (!node) return null;
  const to = (conditions: Conditions) => journeysLink(explore.filters, { by, ...conditions });
  const flow = (direction: string) => {
    const search = new URLSearchParams(explore.search);
    for (const [name, value] of [
      ["mode", "flow"],
      ["anchor", id],
      ["direction", direction],
    ] as const)
      search.set(name, value);
    return withSearch("/explore/paths", search);
  };
  const side = (mine: "source" | "target", other: "source" | "target") =>
    told.edges
      .filter((edge) => edge[mine] === id && !edge.loop)
      .slice(0, 5)
      .map((edge) => ({ name: edge[other], edge }));
  return (
    <>
      <h2>
        <bdi>{id}</bdi>
      </h2>
      <dl className={kit.figures}>
        <Figure
          name={t("explore.journeys_n")}
          value={<ToJourneys to={to({ through: [id] })} n={node.journeys} label={id} />}
        />
        <Figure name={t("explore.events_n")} value={count(node.events, language)} />
        <Figure
          name={t("explore.paths.starts")}
          value={<ToJourneys to={to({ starts: id })} n={node.starts} label={t("explore.paths.starts")} />}
        />
        <Figure
          name={t("explore.paths.ends")}
          value={<ToJourneys to={to({ ends: id })} n={node.ends} label={t("explore.paths.ends")} />}
        />
      </dl>
      {(["target", "source"] as const).map((mine) => {
        const rows = side(mine, mine === "target" ? "source" : "target");
        return rows.length ? (
          <section key={mine}>
            <h3>{t(mine === "target" ? "explore.paths.from" : "explore.paths.to")}</h3>
            <table className={kit.table}>
              <tbody>
                {rows.map(({ name, edge }) => (
                  <tr key={name}>
                    <th scope="row">
                      <button
                        type="button"
                        className={kit.link}
                        style={{
                          background: "none",
                          border: 0,
                          padding: 0,
                          font: "inherit",
                          cursor: "pointer",
                        }}
                        onClick={() => onPick({ kind: "edge", source: edge.source, target: edge.target })}
                      >
                        <bdi>{name}</bdi>
                      </button>
                    </th>
                    <td data-number="">{count(edge.count, language)}</td>
                    <td data-number="">{duration(edge.mean_seconds, language)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        ) : null;
      })}
      <p style={{ display: "flex", gap: 8, flexWrap: "wrap", margin: "12px 0 0" }}>
        <Button component={Link} to={flow("after")} size="xs" variant="default">
          {t("explore.paths.flow_from")}
        </Button>
        <Button component={Link} to={flow("before")} size="xs" variant="default">
          {t("explore.paths.flow_to")}
        </Button>
      </p>
    </>
  );
}

interface EdgeProps {
  told: Transitions;
  by: By;
  source: string;
  target: string;
  explore: Explore;
}

function OfEdge({ told, by, source, target, explore }: EdgeProps) {
  const { t, language } = useWords();
  const terminal = source === START || target === END;
  const times = useWaitTimes(explore.filters, { by, source, target }, !terminal);
  const edge = told.edges.find((other) => other.source === source && other.target === target);
  const node = told.nodes.find((other) => other.node === (source === START ? target : source));
  const conditions: Conditions =
    source === START
      ? { by, starts: target }
      : target === END
        ? { by, ends: source }
        : { by, source, target };
  const name = (id: string) =>
    id === START ? t("explore.paths.start") : id === END ? t("explore.paths.end") : id;
  const journeys = terminal ? (source === START ? node?.starts : node?.ends) : edge?.journeys;
  if (journeys === undefined) return null;
  const said = times.data && times.data.source === source && times.data.target === target ? times.data : null;
  const write = (seconds: number) => duration(seconds, language);
  return (
    <>
      <h2>
        <bdi>{name(source)}</bdi> → <bdi>{name(target)}</bdi>
      </h2>
      <dl className={kit.figures}>
        <Figure
          name={t("explore.journeys_n")}
          value={<ToJourneys to={journeysLink(explore.filters, conditions)} n={journeys} />}
        />
        {edge && (
          <>
            <Figure name={t("explore.steps_n")} value={count(edge.count, language)} />
            <Figure name={t("explore.paths.of_leaving")} value={share(edge.share, language)} />
            <Figure
              name={t("explore.median")}
              value={duration(said?.median_seconds, language)}
              more={interval(said?.median_seconds_low, said?.median_seconds_high, write)}
            />
            <Figure name={t("explore.mean_time")} value={duration(edge.mean_seconds, language)} />
            <Figure name={t("explore.p90")} value={duration(said?.p90_seconds, language)} />
          </>
        )}
      </dl>
      {edge && (
        <p style={{ margin: "12px 0 0" }}>
          <Button
            component={Link}
            to={withSearch("/explore/waits", waitsSearch(explore, by, source, target))}
            size="xs"
            variant="default"
          >
            {t("explore.paths.to_wait")}
          </Button>
        </p>
      )}
    </>
  );
}

function waitsSearch(explore: Explore, by: By, source: string, target: string): URLSearchParams {
  const search = new URLSearchParams(explore.search);
  for (const name of ["mode", "anchor", "direction", "label", "detail", "depth"]) search.delete(name);
  search.set("by", by);
  search.set("from", source);
  search.set("to", target);
  return search;
}
