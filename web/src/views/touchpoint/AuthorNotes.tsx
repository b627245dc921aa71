import { useWords } from "../../i18n";
import { lines } from "../../map/contents";
import { Note } from "../../map/lanes/Note";
import type { Column } from "../../map/model";
import { Notes, usePartsOf } from "../../map/TouchpointNotes";
import { Section } from "./Section";
import classes from "./touchpoint.module.css";

/** What the author of the map wrote about this touchpoint. */
export function AuthorNotes({ column }: { column: Column }) {
  const { t } = useWords();
  const parts = usePartsOf(column);
  const bound = Object.entries(column.drawn?.when ?? {});
  if (!parts.length && !bound.length) return null;
  return (
    <Section title={t("drawer.author")}>
      <div className={classes.notes}>
        <Notes parts={parts} of={{ column }} />
        {bound.length > 0 && (
          <Note label={t("drawer.bound")}>
            {bound.map(([key, value]) => `${key}: ${lines(value).join(", ")}`).join("; ")}
          </Note>
        )}
      </div>
    </Section>
  );
}
