import { Button } from "@mantine/core";
import { useEffect, useMemo } from "react";
import { Link, useParams, useSearchParams } from "react-router";
import { ErrorPanel } from "../data/ErrorPanel";
import { useWorkspace } from "../data/queries";
import { useMay } from "../data/session";
import { Crumbs } from "../editor/Crumbs";
import { EditorProvider, type EditorValue, useMap } from "../editor/context";
import { EditorShell } from "../editor/EditorShell";
import classes from "../editor/editor.module.css";
import { useSession } from "../editor/session";
import type { View } from "../editor/Toolbar";
import { suggestLanguage, useWords } from "../i18n";
import { MapSkeleton } from "../map/MapSkeleton";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import { ArchivedNote, useArchived } from "./ArchivedNote";
import { Header } from "./Header";

const VIEWS: readonly View[] = ["grid", "matrix", "questions"];

function Opened({ value }: { value: EditorValue }) {
  const { t } = useWords();
  const [search, setSearch] = useSearchParams();
  const title = useMap((state) => state.document.map);
  const view = VIEWS.find((known) => known === search.get("view")) ?? "grid";
  useEffect(() => {
    document.title = `${title} – ${t("editor.title")} – ${t("app.name")}`;
  }, [title, t]);
  return (
    <>
      <Crumbs id={value.id} title={title} />
      <EditorShell
        view={view}
        onView={(next) => setSearch(next === "grid" ? {} : { view: next }, { replace: true })}
      />
    </>
  );
}

/** One map, drawn and changed in place. */
export default function EditMapPage() {
  const { t } = useWords();
  const { id = "" } = useParams();
  const workspace = useWorkspace();
  const { value, error, retry } = useSession(id);
  const [mayEdit, archived] = [useMay("edit"), useArchived(id)];
  const canEdit = mayEdit && !archived;
  const given = useMemo(() => value && { ...value, canEdit }, [value, canEdit]);
  const info = workspace.data;
  useEffect(() => {
    if (info) suggestLanguage(info.language);
  }, [info]);
  return (
    <div className={classes.page}>
      <a className="skip-link" href="#main">
        {t("app.skip")}
      </a>
      <Header workspace={info} />
      <main className={classes.main} id="main" tabIndex={-1}>
        <ArchivedNote id={id} />
        {error ? (
          <ErrorPanel
            error={error}
            onRetry={retry}
            out={
              <Button component={Link} to="/maps">
                {t("people.to_maps")}
              </Button>
            }
          />
        ) : given ? (
          <ErrorBoundary fallback={(fault, again) => <ErrorPanel error={fault} onRetry={again} />}>
            <EditorProvider value={given} key={given.id}>
              <Opened value={given} />
            </EditorProvider>
          </ErrorBoundary>
        ) : (
          <MapSkeleton />
        )}
      </main>
    </div>
  );
}
