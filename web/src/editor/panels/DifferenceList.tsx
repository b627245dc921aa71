import { useWords } from "../../i18n";
import type { Difference } from "../api";
import { useLaneTitle } from "../context";
import classes from "../editor.module.css";
import type { Plain } from "../model/types";
import { textOf } from "../model/values";

const SHOWN = 200;

function Parts({ what, parts }: { what: "stages" | "touchpoints"; parts: Difference["stages"] }) {
  const { t } = useWords();
  const lines = [
    ...parts.added.map((name) => [`+ ${name}`, t("editor.diff_added")] as const),
    ...parts.removed.map((name) => [`− ${name}`, t("editor.diff_removed")] as const),
    ...parts.renamed.map((it) => [`${it.one} → ${it.other}`, t("editor.diff_renamed")] as const),
    ...parts.moved.map(
      (it) =>
        [
          it.from_stage !== it.to_stage ? `${it.name}: ${it.from_stage} → ${it.to_stage}` : it.name,
          t("editor.diff_moved"),
        ] as const,
    ),
  ];
  if (!lines.length) return null;
  return (
    <div>
      <h3 style={{ margin: "6px 0 2px", fontSize: 12 }}>{t(`editor.diff.${what}`)}</h3>
      {lines.map(([text, deed]) => (
        <div key={text + deed}>
          <bdi>{text}</bdi> <span className={classes.quiet}>{deed}</span>
        </div>
      ))}
    </div>
  );
}

/** What differs between two versions, part by part and cell by cell. */
export function DifferenceList({ difference }: { difference: Difference }) {
  const { t } = useWords();
  const titleOf = useLaneTitle();
  const { name, stages, touchpoints, cells } = difference;
  const isEmpty =
    !name &&
    !cells.length &&
    [stages, touchpoints].every(
      (it) => !it.added.length && !it.removed.length && !it.renamed.length && !it.moved.length,
    );
  if (isEmpty) return <p className={classes.quiet}>{t("editor.diff_none")}</p>;
  return (
    <div className={classes.difference}>
      {name && (
        <div>
          {t("editor.map_name")}: <span className={classes.old}>{name.one}</span> → <bdi>{name.other}</bdi>
        </div>
      )}
      <Parts what="stages" parts={stages} />
      <Parts what="touchpoints" parts={touchpoints} />
      {cells.slice(0, SHOWN).map((cell) => (
        <div key={`${cell.level}/${cell.name}/${cell.path.join("/")}`} style={{ marginTop: 6 }}>
          <b>
            {cell.name && <bdi>{cell.name} · </bdi>}
            {titleOf(cell.path[0] ?? "")}
          </b>
          {cell.one != null && (
            <div className={classes.old} dir="auto">
              {textOf(cell.one as Plain)}
            </div>
          )}
          {cell.other != null && (
            <div dir="auto" className={classes.words}>
              {textOf(cell.other as Plain)}
            </div>
          )}
        </div>
      ))}
      {cells.length > SHOWN && (
        <p className={classes.quiet}>{t("editor.diff_more", { n: cells.length - SHOWN })}</p>
      )}
    </div>
  );
}
