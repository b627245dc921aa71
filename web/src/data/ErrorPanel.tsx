import { Button } from "@mantine/core";
import { useWords } from "../i18n";
import classes from "../ui/ui.module.css";
import { ServiceError } from "./errors";
import { useSaid } from "./said";

interface Props {
  error: Error;
  onRetry: () => void;
  onClear?: (() => void) | undefined;
  /** Another way out, where asking again would come to the same. */
  out?: React.ReactNode;
}

/** What happened, where, and how to mend it, in the person's language. */
export function ErrorPanel({ error, onRetry, onClear, out }: Props) {
  const { t } = useWords();
  const kind = error instanceof ServiceError ? error.kind : "unexpected";
  const { text, mend, foreign } = useSaid()(error);
  const title = t(`error.${kind}`);
  const fallback = { no_data: "error.no_data_hint", unexpected: "error.unexpected_hint" } as const;
  const hint = mend || (kind in fallback ? t(fallback[kind as keyof typeof fallback]) : "");
  const clearFirst = kind === "no_data" || kind === "usage" || kind === "not_found";
  return (
    <section className={classes.panel} role="alert" data-error={kind}>
      <h1>{title}</h1>
      {text && text !== title && (
        <p className={classes.what} dir="auto">
          {text}
        </p>
      )}
      {foreign && (
        <p className={classes.what} lang="en" dir="auto">
          {foreign}
        </p>
      )}
      {hint && (
        <p className={`${classes.what} ${classes.hint}`} dir="auto">
          {hint}
        </p>
      )}
      <div className={classes.actions}>
        {out}
        {onClear && clearFirst && <Button onClick={onClear}>{t("error.clear")}</Button>}
        <Button variant={out || (onClear && clearFirst) ? "default" : "filled"} onClick={onRetry}>
          {t("error.retry")}
        </Button>
      </div>
    </section>
  );
}
