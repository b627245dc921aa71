import { useWords } from "../../i18n";
import { useEditor } from "../context";
import classes from "../editor.module.css";
import { Dialog } from "./Dialog";

const KEYS = [
  ["← ↑ → ↓", "move"],
  ["Shift ← ↑ → ↓", "select"],
  ["Enter / F2", "edit"],
  ["Esc", "cancel"],
  ["Tab", "next"],
  ["Del", "clear"],
  ["Ctrl Z / Ctrl Y", "undo"],
  ["Ctrl C / Ctrl X / Ctrl V", "copy"],
  ["Ctrl D", "duplicate"],
  ["Alt ← → ↑ ↓", "shift"],
  ["+ / −", "mood"],
  ["Shift F10", "menu"],
  ["/", "find"],
  ["?", "help"],
] as const;

export function KeysDialog() {
  const { ui } = useEditor();
  const { t } = useWords();
  return (
    <Dialog opened onClose={() => ui.setState({ dialog: null })} title={t("editor.keys")} size="lg">
      <dl className={classes.keys}>
        {KEYS.map(([keys, what]) => (
          <div key={what} style={{ display: "contents" }}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{t(`editor.key.${what}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
