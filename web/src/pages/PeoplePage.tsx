import { Button, Skeleton } from "@mantine/core";
import { lazy, Suspense, useEffect, useState } from "react";
import { ErrorPanel } from "../data/ErrorPanel";
import { usePeople, useShares } from "../data/people";
import { useWorkspace } from "../data/queries";
import { useEnter, useFirstOwner, useSession } from "../data/session";
import { useWords } from "../i18n";
import { PeopleList } from "../views/people/PeopleList";
import classes from "../views/people/people.module.css";
import { RightsTable } from "../views/people/RightsTable";
import { ShareList } from "../views/people/ShareList";
import { SignInForm } from "../views/people/SignInForm";
import { Header } from "./Header";
import pageClasses from "./page.module.css";

const InviteDialog = lazy(() => import("../views/people/InviteDialog"));
const ShareDialog = lazy(() => import("../views/people/ShareDialog"));

function FirstOwner() {
  const { t } = useWords();
  const make = useFirstOwner();
  const enter = useEnter();
  return (
    <section className={classes.section} data-first="">
      <header>
        <h2>{t("people.first_title")}</h2>
        <p>{t("people.first_text")}</p>
      </header>
      <div className={classes.box}>
        <SignInForm
          fresh
          action={t("people.first_make")}
          busy={make.isPending}
          error={make.error}
          onSubmit={(typed) => make.mutate(typed, { onSuccess: enter })}
        />
      </div>
    </section>
  );
}

function People({ you }: { you: string | null }) {
  const { t } = useWords();
  const people = usePeople(true);
  const [inviting, setInviting] = useState(false);
  return (
    <section className={classes.section} data-people="">
      <header>
        <h2>{t("people.people")}</h2>
        <p>{t("people.people_text")}</p>
        <Button onClick={() => setInviting(true)}>{t("people.invite")}</Button>
      </header>
      {people.error ? (
        <ErrorPanel error={people.error} onRetry={() => void people.refetch()} />
      ) : people.data ? (
        <PeopleList people={people.data.people} invitations={people.data.invitations} you={you} />
      ) : (
        <Skeleton height={120} radius="lg" />
      )}
      {inviting && (
        <Suspense fallback={null}>
          <InviteDialog onClose={() => setInviting(false)} />
        </Suspense>
      )}
    </section>
  );
}

function Shares({ hasMap }: { hasMap: boolean }) {
  const { t } = useWords();
  const shares = useShares(undefined);
  const [sharing, setSharing] = useState(false);
  return (
    <section className={classes.section} data-shares="">
      <header>
        <h2>{t("people.links")}</h2>
        <p>{t("people.links_text")}</p>
        <Button variant="default" disabled={!hasMap} onClick={() => setSharing(true)}>
          {t("people.share")}
        </Button>
      </header>
      {shares.error ? (
        <ErrorPanel error={shares.error} onRetry={() => void shares.refetch()} />
      ) : shares.data?.length ? (
        <ShareList shares={shares.data} />
      ) : (
        shares.data && <p className={classes.whoMore}>{t(hasMap ? "people.no_links" : "people.no_map")}</p>
      )}
      {sharing && (
        <Suspense fallback={null}>
          <ShareDialog onClose={() => setSharing(false)} />
        </Suspense>
      )}
    </section>
  );
}

/** Who may enter and what they may do; links to maps. */
export default function PeoplePage() {
  const { t } = useWords();
  const workspace = useWorkspace();
  const session = useSession().data;
  useEffect(() => {
    document.title = `${t("people.title")} – ${t("app.name")}`;
  }, [t]);
  const mayOwn = session?.you?.rights.includes("own");
  return (
    <div className={`${pageClasses.page} ${pageClasses.flow}`}>
      <a className="skip-link" href="#main">
        {t("people.skip")}
      </a>
      <Header workspace={workspace.data} />
      <main className={classes.access} id="main" tabIndex={-1}>
        {workspace.error ? (
          <ErrorPanel error={workspace.error} onRetry={() => void workspace.refetch()} />
        ) : session && !mayOwn ? (
          <section className={classes.section} data-refused="">
            <header>
              <h2>{t("people.for_owners")}</h2>
              <p>{t("people.for_owners_text")}</p>
            </header>
          </section>
        ) : (
          session && (
            <>
              {session.accounts ? <People you={session.you?.id ?? null} /> : <FirstOwner />}
              <Shares hasMap={workspace.data?.has_map ?? false} />
            </>
          )
        )}
        {session && (
          <section className={classes.section}>
            <header>
              <h2>{t("people.rights_title")}</h2>
              <p>{t("people.rights_text")}</p>
            </header>
            <RightsTable />
          </section>
        )}
      </main>
    </div>
  );
}
