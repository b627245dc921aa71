import { useWords } from "../../i18n";
import { Hopes, Note, Pains, Processes } from "../../map/lanes/WrittenLanes";
import { type Column, lines, painsOf, processOf } from "../../map/model";
import { Section } from "./Section";
import classes from "./touchpoint.module.css";

/** What the author of the map wrote about this touchpoint. */
export function AuthorNotes({ column }: { column: Column }) {
  const { t } = useWords();
  const drawn = column.drawn;
  if (!drawn) return null;
  const extra = Object.entries(column.extra);
  const bound = Object.entries(drawn.when ?? {});
  const said = drawn.expects?.best || drawn.expects?.worst || painsOf(column).length || processOf(column);
  if (!said && !extra.length && !bound.length) return null;
  return (
    <Section title={t("drawer.author")}>
      <div className={classes.notes}>
        <Hopes column={column} />
        <Pains column={column} />
        <Processes column={column} />
        {extra.map(([key, texts]) => (
          <Note key={key} label={key}>
            {texts.join("; ")}
          </Note>
        ))}
        {bound.length > 0 && (
          <Note label={t("drawer.bound")}>
            {bound.map(([key, value]) => `${key}: ${lines(value).join(", ")}`).join("; ")}
          </Note>
        )}
      </div>
    </Section>
  );
}
