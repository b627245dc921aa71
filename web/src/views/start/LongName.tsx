import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import classes from "./start.module.css";

/** More letters than this are no name of a column any more, but a sentence: some exports write one. */
const LONG = 90;

/** The beginning of a very long name, for places that name several. */
export const shortName = (name: string): string =>
  name.length > LONG ? `${name.slice(0, LONG / 2).trimEnd()}…` : name;

/** The name of a column; one that is very long shows its beginning, and all of itself when it is asked to. */
export function LongName({ name }: { name: string }) {
  const [open, setOpen] = useState(false);
  if (name.length <= LONG) return name;
  return (
    <UnstyledButton
      className={classes.longName}
      data-open={open || undefined}
      aria-expanded={open}
      title={open ? undefined : name}
      onClick={() => setOpen(!open)}
    >
      {name}
    </UnstyledButton>
  );
}
