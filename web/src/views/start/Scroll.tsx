import type { ReactNode } from "react";
import classes from "./start.module.css";

/** Whatever scrolls can be reached by the keyboard. */
const REACHABLE = { tabIndex: 0 };

/** A box whose content may be wider than the page. */
export function Scroll({
  label,
  className = classes.scroll,
  children,
}: {
  label: string;
  className?: string | undefined;
  children: ReactNode;
}) {
  return (
    <section className={className} aria-label={label} {...REACHABLE}>
      {children}
    </section>
  );
}
