import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { ErrorPanel } from "../data/ErrorPanel";
import { useWorkspace } from "../data/queries";
import { useMay } from "../data/session";
import { askMaps, askTerms, type ListedMap } from "../editor/api";
import { MapCard } from "../editor/maps/MapCard";
import classes from "../editor/maps/maps.module.css";
import { NewMapDialog } from "../editor/maps/NewMapDialog";
import { suggestLanguage, useWords } from "../i18n";
import { Opening } from "../ui/Opening";
import { Header } from "./Header";

/** Maps under those that open them; one whose parent is gone or archived stands by itself. */
function inOrder(heads: readonly ListedMap[]): { head: ListedMap; depth: number }[] {
  const shown = new Set(heads.map((head) => head.id));
  const result: { head: ListedMap; depth: number }[] = [];
  const seen = new Set<string>();
  const walk = (head: ListedMap, depth: number) => {
    if (seen.has(head.id)) return;
    seen.add(head.id);
    result.push({ head, depth });
    for (const child of heads) if (child.parent_map === head.id) walk(child, depth + 1);
  };
  for (const head of heads) if (!head.parent_map || !shown.has(head.parent_map)) walk(head, 0);
  for (const head of heads) walk(head, 0);
  return result;
}

/** All maps of the workspace. */
export default function MapsPage() {
  const { t } = useWords();
  const workspace = useWorkspace();
  const info = workspace.data;
  const maps = useQuery({ queryKey: ["maps"], queryFn: askMaps });
  const terms = useQuery({ queryKey: ["lanes"], queryFn: askTerms, staleTime: Number.POSITIVE_INFINITY });
  const mayEdit = useMay("edit");
  const [archived, setArchived] = useState(false);
  const [making, setMaking] = useState(false);
  useEffect(() => {
    if (info) suggestLanguage(info.language);
    document.title = `${t("editor.maps")} – ${t("app.name")}`;
  }, [info, t]);
  const all = maps.data ?? [];
  const put = all.filter((head) => head.archived_at !== null);
  const shown = archived
    ? put.map((head) => ({ head, depth: 0 }))
    : inOrder(all.filter((head) => !head.archived_at));
  const error = maps.error ?? terms.error;
  return (
    <div className={classes.page}>
      <a className="skip-link" href="#main">
        {t("app.skip")}
      </a>
      <Header workspace={info} />
      <main className={classes.main} id="main" tabIndex={-1}>
        <div className={classes.head}>
          <h2>{t(archived ? "editor.archive" : "editor.maps")}</h2>
          <div className={classes.headTools}>
            {(put.length > 0 || archived) && (
              <Button variant="default" aria-pressed={archived} onClick={() => setArchived(!archived)}>
                {t(archived ? "editor.back_to_maps" : "editor.archive_of", { n: put.length })}
              </Button>
            )}
            {mayEdit && <Button onClick={() => setMaking(true)}>{t("editor.new_map")}</Button>}
          </div>
        </div>
        {error ? (
          <ErrorPanel error={error} onRetry={() => void (maps.error ? maps.refetch() : terms.refetch())} />
        ) : maps.isPending || !terms.data ? (
          <Opening />
        ) : shown.length === 0 ? (
          <section className={classes.nothing}>
            <h3>{t(archived ? "editor.archive_empty" : "editor.no_maps")}</h3>
            {!archived && mayEdit && <p>{t("editor.no_maps_text")}</p>}
            {!archived && mayEdit && <Button onClick={() => setMaking(true)}>{t("editor.new_map")}</Button>}
          </section>
        ) : (
          <ul className={classes.cards}>
            {shown.map(({ head, depth }) => (
              <MapCard key={head.id} head={head} depth={depth} heads={all} kinds={terms.data.kinds} />
            ))}
          </ul>
        )}
        {making && terms.data && <NewMapDialog kinds={terms.data.kinds} onClose={() => setMaking(false)} />}
      </main>
    </div>
  );
}
