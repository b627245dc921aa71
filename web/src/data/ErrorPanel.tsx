import { Button } from "@mantine/core";
import { useWords } from "../i18n";
import classes from "../ui/ui.module.css";
import { ServiceError } from "./errors";

interface Props {
  error: Error;
  onRetry: () => void;
  onClear?: (() => void) | undefined;
}

/** What happened, where, and how to mend it. */
export function ErrorPanel({ error, onRetry, onClear }: Props) {
  const { t } = useWords();
  const kind = error instanceof ServiceError ? error.kind : "unexpected";
  const lost = kind === "network";
  const message = lost ? t("error.network_message", { address: window.location.origin }) : error.message;
  const ownHint = error instanceof ServiceError ? error.hint : "";
  const fallback = {
    network: "error.network_hint",
    no_data: "error.no_data_hint",
    unexpected: "error.unexpected_hint",
  } as const;
  const hint = ownHint || (kind in fallback ? t(fallback[kind as keyof typeof fallback]) : "");
  const clearFirst = kind === "no_data" || kind === "usage" || kind === "not_found";
  return (
    <section className={classes.panel} role="alert" data-error={kind}>
      <h1>{t(`error.${kind}`)}</h1>
      {message && (
        <p className={classes.what} dir="auto">
          {message}
        </p>
      )}
      {hint && (
        <p className={`${classes.what} ${classes.hint}`} dir="auto">
          {hint}
        </p>
      )}
      <div className={classes.actions}>
        {onClear && clearFirst && <Button onClick={onClear}>{t("error.clear")}</Button>}
        <Button variant={onClear && clearFirst ? "default" : "filled"} onClick={onRetry}>
          {t("error.retry")}
        </Button>
      </div>
    </section>
  );
}
