import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { ServiceError } from "../../data/errors";
import { useSaid } from "../../data/said";
import type { Typed } from "../../data/session";
import { useWords } from "../../i18n";
import classes from "./people.module.css";

/** What the service said of a form, in the person's language where it can be said so. */
export function Refusal({ error }: { error: Error | null }) {
  const { t } = useWords();
  const say = useSaid();
  const at = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error) at.current?.focus();
  }, [error]);
  if (!error) return null;
  const kind = error instanceof ServiceError ? error.kind : "unexpected";
  const own = kind === "signin" || kind === "throttled" || kind === "network";
  const said = say(error);
  const text = own ? t(`people.refused.${kind}`) : said.text;
  const mend = own ? t(`people.mend.${kind}`) : said.mend;
  return (
    <div ref={at} role="alert" tabIndex={-1} className={classes.refusal} data-error={kind}>
      <span dir="auto">
        <strong>{text}</strong> {mend}
        {said.foreign && !own && (
          <>
            {" "}
            <span lang="en">{said.foreign}</span>
          </>
        )}
      </span>
    </div>
  );
}

interface Props {
  /** The name is given and cannot be changed. */
  name?: string | undefined;
  /** A password is chosen, not asked for: it is told what a good one is. */
  fresh?: boolean;
  action: string;
  busy: boolean;
  error: Error | null;
  onSubmit: (typed: Typed) => void;
  children?: ReactNode;
}

/** Name and password. */
export function SignInForm({ name: given, fresh = false, action, busy, error, onSubmit, children }: Props) {
  const { t } = useWords();
  const [name, setName] = useState(given ?? "");
  const [password, setPassword] = useState("");
  const short = fresh && password.length < 10;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() && password && !short) onSubmit({ name: name.trim(), password });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <Refusal error={error} />
      <TextInput
        label={t("people.name")}
        description={fresh && given === undefined ? t("people.name_help") : undefined}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        readOnly={given !== undefined}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={100}
        dir="auto"
        required
        withAsterisk={false}
        data-autofocus={given === undefined || undefined}
        autoFocus={given === undefined}
      />
      <PasswordInput
        label={fresh ? t("people.new_password") : t("people.password")}
        description={fresh ? t("people.password_help") : undefined}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete={fresh ? "new-password" : "current-password"}
        maxLength={1000}
        required
        withAsterisk={false}
        autoFocus={given !== undefined}
        visibilityToggleButtonProps={{ "aria-label": t("people.show_password") }}
      />
      {children}
      <Button type="submit" loading={busy} disabled={!name.trim() || !password || short} fullWidth>
        {action}
      </Button>
    </form>
  );
}
