import type { ReactNode } from "react";
import classes from "./touchpoint.module.css";

export function Section({
  title,
  note,
  children,
}: {
  title: string;
  note?: string | undefined;
  children: ReactNode;
}) {
  return (
    <section className={classes.section}>
      <h3>
        {title} {note && <span className={`number ${classes.note}`}>{note}</span>}
      </h3>
      {children}
    </section>
  );
}
