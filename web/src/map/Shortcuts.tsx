import { useWords } from "../i18n";
import { Dialog } from "./Dialog";
import classes from "./tools.module.css";

const KEYS = [
  ["arrows", ["←", "→", "↑", "↓"]],
  ["stages", ["Ctrl ←", "Ctrl →"]],
  ["ends", ["Home", "End"]],
  ["corners", ["Ctrl Home", "Ctrl End"]],
  ["pages", ["PgUp", "PgDn"]],
  ["open", ["Enter"]],
  ["edit", ["F2"]],
  ["leave", ["Esc"]],
  ["search", ["/"]],
  ["lane", ["Alt ↑", "Alt ↓"]],
  ["zoom", ["+", "−", "0"]],
  ["fit", ["W"]],
  ["wheel", ["Ctrl"]],
  ["help", ["?"]],
] as const;

/** All keys of the map. */
export default function Shortcuts({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useWords();
  return (
    <Dialog opened={opened} onClose={onClose} title={t("living.keys.title")}>
      <dl className={classes.keys}>
        {KEYS.map(([name, keys]) => (
          <div key={name}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(`living.keys.${name}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
