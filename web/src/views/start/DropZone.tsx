import { Button } from "@mantine/core";
import { type DragEvent, useRef, useState } from "react";
import { useWords } from "../../i18n";
import { addFiles } from "./files";
import classes from "./start.module.css";

const ENDINGS = ".csv,.tsv,.txt,.tab,.gz,.zst,.parquet,.pq,.jsonl,.ndjson,.json,.xlsx,.xes";

/** Where files are dropped, or chosen by a button. */
export function DropZone({ small = false, onFiles }: { small?: boolean; onFiles?: () => void }) {
  const { t } = useWords();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  const take = (list: FileList | null) => {
    const files = [...(list ?? [])];
    if (!files.length) return;
    addFiles(files);
    onFiles?.();
  };
  const drag = (inside: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(inside);
  };
  return (
    <section
      className={classes.drop}
      data-over={over || undefined}
      data-small={small || undefined}
      aria-label={t("start.drop.title")}
      onDragEnter={drag(true)}
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={(event) => {
        drag(false)(event);
        take(event.dataTransfer.files);
      }}
    >
      <p className={classes.dropTitle}>{t(small ? "start.drop.more" : "start.drop.title")}</p>
      {!small && <p className={classes.dropText}>{t("start.drop.text")}</p>}
      <Button
        variant={small ? "default" : "filled"}
        size={small ? "xs" : "md"}
        onClick={() => input.current?.click()}
      >
        {t("start.drop.choose")}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        accept={ENDINGS}
        className="visually-hidden"
        tabIndex={-1}
        aria-label={t("start.drop.choose")}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = "";
        }}
      />
      {!small && <p className={classes.dropNote}>{t("start.drop.formats")}</p>}
    </section>
  );
}
