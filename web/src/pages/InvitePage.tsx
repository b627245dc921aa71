import { Button } from "@mantine/core";
import { useEffect } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { ErrorPanel } from "../data/ErrorPanel";
import { ServiceError } from "../data/errors";
import { useAccept, useEnter, useInvitation, useSession } from "../data/session";
import { useWords } from "../i18n";
import { useTimes } from "../i18n/times";
import { Card } from "../views/people/Card";
import classes from "../views/people/people.module.css";
import { SignInForm } from "../views/people/SignInForm";

function Accept({ token }: { token: string }) {
  const { t } = useWords();
  const { day } = useTimes();
  const invitation = useInvitation(token);
  const session = useSession().data;
  const accept = useAccept(token);
  const enter = useEnter();
  const navigate = useNavigate();
  const { error, data } = invitation;
  if (error instanceof ServiceError && error.kind === "not_found")
    return (
      <Card title={t("people.bad_invitation")} text={t("people.bad_invitation_text")}>
        <Button component={Link} to="/" fullWidth>
          {t("people.to_sign_in")}
        </Button>
      </Card>
    );
  if (error) return <ErrorPanel error={error} onRetry={() => void invitation.refetch()} />;
  if (!data) return null;
  const renewed = data.name ?? undefined;
  const by = data.by ? t("people.invited_by", { name: data.by }) : "";
  const text = renewed
    ? t("people.renew_text")
    : [by, t("people.invited_as", { role: t(`people.role.${data.role}`) }), t(`people.may.${data.role}`)]
        .filter(Boolean)
        .join(" ");
  return (
    <Card title={t(renewed ? "people.renew_title" : "people.welcome")} text={text}>
      <SignInForm
        name={renewed}
        fresh
        action={t(renewed ? "people.renew" : "people.join")}
        busy={accept.isPending}
        error={accept.error}
        onSubmit={(typed) =>
          accept.mutate(typed, {
            onSuccess: (told) => {
              enter(told);
              void navigate("/", { replace: true });
            },
          })
        }
      />
      <p className={classes.under}>
        {t("people.until", { date: day(data.expires_at) })}
        {session?.you?.name && ` · ${t("people.leaves", { name: session.you.name })}`}
      </p>
    </Card>
  );
}

/** An invitation: make an account, or choose a new password. */
export default function InvitePage() {
  const { t } = useWords();
  const { token = "" } = useParams();
  useEffect(() => {
    document.title = `${t("people.welcome")} – ${t("app.name")}`;
  }, [t]);
  return <Accept key={token} token={token} />;
}
