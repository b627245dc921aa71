import { ActionIcon } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "../../i18n";
import { CloseIcon } from "../../ui/icons";
import { useEditor } from "../context";
import classes from "../editor.module.css";

/** A column beside the map; on a phone it covers the page. */
export function Panel({ title, children }: { title: string; children: ReactNode }) {
  const { ui } = useEditor();
  const { t } = useWords();
  return (
    <aside className={classes.panel} aria-label={title}>
      <div className={classes.panelHead}>
        <h2>{title}</h2>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("editor.close")}
          onClick={() => ui.setState({ panel: null })}
        >
          <CloseIcon />
        </ActionIcon>
      </div>
      <div className={classes.panelBody}>{children}</div>
    </aside>
  );
}
