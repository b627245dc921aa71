import { useEffect } from "react";
import { useEnter, useSignIn } from "../data/session";
import { useWords } from "../i18n";
import { Card } from "../views/people/Card";
import classes from "../views/people/people.module.css";
import { SignInForm } from "../views/people/SignInForm";

/** Signing in, in the place of the page that was asked for. */
export default function LoginPage() {
  const { t } = useWords();
  const signIn = useSignIn();
  const enter = useEnter();
  useEffect(() => {
    document.title = `${t("people.sign_in_title")} – ${t("app.name")}`;
  }, [t]);
  return (
    <Card title={t("people.sign_in_title")}>
      <SignInForm
        action={t("people.sign_in")}
        busy={signIn.isPending}
        error={signIn.error}
        onSubmit={(typed) => signIn.mutate(typed, { onSuccess: enter })}
      />
      <p className={classes.under}>{t("people.no_account")}</p>
    </Card>
  );
}
