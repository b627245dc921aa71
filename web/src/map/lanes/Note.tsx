import type { ReactNode } from "react";
import classes from "../map.module.css";

interface NoteProps {
  label?: string | undefined;
  kind?: string | undefined;
  children: ReactNode;
}

/** What an author wrote, on paper: never to be taken for a measurement. */
export function Note({ label, kind, children }: NoteProps) {
  return (
    <div className={classes.note} data-kind={kind}>
      {label && (
        <span className={classes.noteLabel} dir="auto">
          {label}
        </span>
      )}
      <span dir="auto">{children}</span>
    </div>
  );
}
