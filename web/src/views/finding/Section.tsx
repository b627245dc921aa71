import type { ReactNode } from "react";
import classes from "./finding.module.css";

interface SectionProps {
  title: string;
  note?: string | undefined;
  name: string;
  children: ReactNode;
}

export function Section({ title, note, name, children }: SectionProps) {
  return (
    <section className={classes.section} data-section={name}>
      <h2>
        {title}
        {note && <span className={`number ${classes.note}`}>{note}</span>}
      </h2>
      {children}
    </section>
  );
}
