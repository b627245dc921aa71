import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../i18n";
import ui from "../ui/ui.module.css";
import { useActionsOf, useEditor } from "./context";
import { cleanName } from "./model/document";
import type { Change } from "./model/types";

/** A map in which nothing is drawn yet: its stages can be typed at once, one a line. */
export function EmptyMap() {
  const { canEdit } = useEditor();
  const { t } = useWords();
  const actions = useActionsOf();
  const [typed, setTyped] = useState("");
  const names = [...new Set(typed.split("\n").map(cleanName).filter(Boolean))];
  const draw = () => {
    let after: string | null = null;
    const changes = names.map((stage): Change => {
      const change: Change = { op: "add", on: { stage }, after, document: { stage } };
      after = stage;
      return change;
    });
    actions.run(t("editor.stages_drawn"), changes);
  };
  return (
    <section className={ui.panel}>
      <h2 style={{ margin: "0 0 10px", fontSize: 20 }}>{t("editor.empty_title")}</h2>
      <p>{t("editor.empty_text")}</p>
      {canEdit && (
        <>
          <Textarea
            autosize
            minRows={5}
            label={t("editor.empty_stages")}
            placeholder={t("editor.empty_example")}
            dir="auto"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <div className={ui.actions}>
            <Button onClick={draw} disabled={!names.length}>
              {t("editor.empty_draw")}
            </Button>
            <Button variant="default" onClick={() => actions.addStage(null)}>
              {t("editor.empty_single")}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
