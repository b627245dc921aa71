import { Progress } from "@mantine/core";
import classes from "./start.module.css";

/** What is being done, where nobody knows how long it takes. */
export function Waiting({ text }: { text: string }) {
  return (
    <div className={classes.waiting} role="status">
      <span className={classes.note}>{text}</span>
      <Progress value={100} animated size="sm" aria-label={text} />
    </div>
  );
}
