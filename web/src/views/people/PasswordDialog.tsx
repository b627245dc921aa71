import { Button, PasswordInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useChangePassword } from "../../data/session";
import { useWords } from "../../i18n";
import { Dialog } from "./Dialog";
import classes from "./people.module.css";
import { Refusal } from "./SignInForm";

/** Choose another password. */
export default function PasswordDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const change = useChangePassword();
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ current, password });
  };
  const show = { "aria-label": t("people.show_password") };
  return (
    <Dialog onClose={onClose} title={t("people.change_password")}>
      {change.isSuccess ? (
        <div className={classes.form}>
          <p role="status">{t("people.password_changed", { count: change.data.sessions })}</p>
          <Button onClick={onClose}>{t("people.close")}</Button>
        </div>
      ) : (
        <form className={classes.form} onSubmit={submit}>
          <Refusal error={change.error} />
          <PasswordInput
            label={t("people.current_password")}
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            autoComplete="current-password"
            visibilityToggleButtonProps={show}
            data-autofocus
          />
          <PasswordInput
            label={t("people.new_password")}
            description={t("people.password_help")}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="new-password"
            visibilityToggleButtonProps={show}
          />
          <Button type="submit" loading={change.isPending} disabled={!current || password.length < 10}>
            {t("people.change_password")}
          </Button>
        </form>
      )}
    </Dialog>
  );
}
