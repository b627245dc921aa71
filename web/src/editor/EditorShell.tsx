import { useMediaQuery } from "@mantine/hooks";
import { lazy, Suspense, useEffect } from "react";
import { Opening } from "../ui/Opening";
import { useActionsOf, useEditor, useMap, useUi } from "./context";
import { BindDialog } from "./dialogs/BindDialog";
import { EvidenceDialog } from "./dialogs/EvidenceDialog";
import { InsideDialog } from "./dialogs/InsideDialog";
import { KeysDialog } from "./dialogs/KeysDialog";
import { LanesDialog } from "./dialogs/LanesDialog";
import { SettingsDialog } from "./dialogs/SettingsDialog";
import { TroublesDialog } from "./dialogs/TroublesDialog";
import { UnboundDialog } from "./dialogs/UnboundDialog";
import { EmptyMap } from "./EmptyMap";
import classes from "./editor.module.css";
import { Grid } from "./grid/Grid";
import { useMarks } from "./marks";
import { Said, Toolbar, TroubleBar, type View } from "./Toolbar";

const MatrixView = lazy(() => import("./views/MatrixView"));
const QuestionsView = lazy(() => import("./views/QuestionsView"));
const PhoneEditor = lazy(() => import("./views/PhoneEditor"));
const VersionsPanel = lazy(() => import("./panels/VersionsPanel"));
const CommentsPanel = lazy(() => import("./panels/CommentsPanel"));
const ResearchPanel = lazy(() => import("./panels/ResearchPanel"));

function Dialogs() {
  const dialog = useUi((state) => state.dialog);
  switch (dialog?.kind) {
    case "bind":
      return <BindDialog touchpoint={dialog.touchpoint} />;
    case "evidence":
      return <EvidenceDialog on={dialog.on} lane={dialog.key} title={dialog.title} />;
    case "inside":
      return <InsideDialog touchpoint={dialog.touchpoint} />;
    case "unbound":
      return <UnboundDialog />;
    case "lanes":
      return <LanesDialog />;
    case "keys":
      return <KeysDialog />;
    case "troubles":
      return <TroublesDialog />;
    case "map":
      return <SettingsDialog />;
    default:
      return null;
  }
}

function OpenPanel() {
  const panel = useUi((state) => state.panel);
  if (panel === null) return null;
  const Chosen = { versions: VersionsPanel, comments: CommentsPanel, research: ResearchPanel }[panel];
  return (
    <Suspense fallback={null}>
      <Chosen />
    </Suspense>
  );
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;

/** Undo and redo wherever one stands on the page, but in a field. */
function useHistoryKeys(canEdit: boolean) {
  const actions = useActionsOf();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!canEdit || !(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.target)) return;
      // By the place of the key too: Ctrl+Z is Ctrl+Я on a Russian keyboard.
      const isZ = event.code === "KeyZ" || event.key.toLowerCase() === "z";
      const isY = event.code === "KeyY" || event.key.toLowerCase() === "y";
      if (!isZ && !isY) return;
      event.preventDefault();
      if (isY || event.shiftKey) actions.redo();
      else actions.undo();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [actions, canEdit]);
}

interface EditorShellProps {
  view: View;
  onView: (view: View) => void;
}

/** The map being edited, in one of its views, with what stands beside it. */
export function EditorShell({ view, onView }: EditorShellProps) {
  const { canEdit } = useEditor();
  const narrow = useMediaQuery("(max-width: 760px)", undefined, { getInitialValueInEffect: false });
  const title = useMap((state) => state.document.map);
  const isEmpty = useMap((state) => state.document.stages.length === 0);
  useHistoryKeys(canEdit);
  useMarks();
  return (
    <>
      <Toolbar view={view} onView={onView} narrow={Boolean(narrow)} />
      <TroubleBar />
      <div className={classes.work}>
        <div className={classes.sheet}>
          <Suspense fallback={<Opening />}>
            {isEmpty ? (
              <EmptyMap />
            ) : view === "matrix" ? (
              <MatrixView />
            ) : view === "questions" ? (
              <QuestionsView />
            ) : narrow ? (
              <PhoneEditor />
            ) : (
              <Grid title={title} />
            )}
          </Suspense>
        </div>
        <OpenPanel />
      </div>
      <Dialogs />
      <Said />
    </>
  );
}
