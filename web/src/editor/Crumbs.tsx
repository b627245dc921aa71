import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { useWords } from "../i18n";
import { askMaps, type MapHead } from "./api";
import classes from "./editor.module.css";

/** From the map at the top down to this one. */
function above(id: string, heads: readonly MapHead[]): MapHead[] {
  const chain: MapHead[] = [];
  let at = heads.find((head) => head.id === id);
  while (at && !chain.includes(at)) {
    chain.unshift(at);
    const parent: string | null = at.parent_map;
    at = parent ? heads.find((head) => head.id === parent) : undefined;
  }
  return chain;
}

/** All maps, the maps that this one lies in, and this one. */
export function Crumbs({ id, title }: { id: string; title: string }) {
  const { t } = useWords();
  const maps = useQuery({ queryKey: ["maps"], queryFn: askMaps });
  const chain = above(id, maps.data ?? []).slice(0, -1);
  const own = maps.data?.find((head) => head.id === id);
  return (
    <nav className={classes.crumbs} aria-label={t("editor.crumbs")}>
      <Link to="/maps">{t("editor.maps")}</Link>
      {chain.map((head) => (
        <span key={head.id}>
          <span aria-hidden="true">› </span>
          <Link to={`/maps/${encodeURIComponent(head.id)}/edit`}>
            <bdi>{head.name || t("editor.unnamed")}</bdi>
          </Link>
        </span>
      ))}
      <span aria-hidden="true">›</span>
      <span aria-current="page">
        <bdi>{title || t("editor.unnamed")}</bdi>
      </span>
      {own?.parent_touchpoint && <span>{t("editor.opens_from", { name: own.parent_touchpoint })}</span>}
      {own?.live && <Link to="/">{t("editor.see_living")}</Link>}
    </nav>
  );
}
