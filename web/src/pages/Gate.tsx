import { useWindowEvent } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useCallback, useState } from "react";
import { useLocation } from "react-router";
import type { Session } from "../api";
import { SIGNED_IN, useSession, useSessionEnd } from "../data/session";
import { OpeningPage } from "../ui/Opening";

const LoginPage = lazy(() => import("./LoginPage"));
const ClosedPage = lazy(() => import("./ClosedPage"));
const SignInDialog = lazy(() =>
  import("../views/people/SignInDialog").then((module) => ({ default: module.SignInDialog })),
);

/** Pages that nobody has to sign in for. */
const OPEN = /^\/(s|invite)\//;

/**
 * Before every page: who has to sign in does so in its place, and is then where they wanted to be. A session that ends
 * while somebody is at work is renewed over the page, which stays as it is.
 */
export function Gate({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  const cache = useQueryClient();
  const session = useSession();
  const [lost, setLost] = useState<string | null>(null);
  const ended = useCallback(() => {
    const before = cache.getQueryData<Session>(["session"]);
    // What is known of the person stays, and with it all that the page shows by it.
    if (before?.you && before.accounts) setLost(before.you.name);
    else if (before?.you) cache.setQueryData<Session>(["session"], { ...before, accounts: true, you: null });
  }, [cache]);
  const found = useCallback(() => setLost(null), []);
  useWindowEvent(SIGNED_IN, found);
  useSessionEnd(ended);

  if (OPEN.test(pathname)) return <>{children}</>;
  if (session.isPending && session.errorUpdateCount === 0) return <OpeningPage />;
  const known = session.data;
  // A service that cannot be reached is told by the page itself. Inside, the shape stays the same whether the session
  // has ended or not: another one would make the page anew, and lose what was typed.
  if (!known || known.you)
    return (
      <>
        {children}
        {lost !== null && (
          <Suspense fallback={null}>
            <SignInDialog name={lost} />
          </Suspense>
        )}
      </>
    );
  return <Suspense fallback={<OpeningPage />}>{known.accounts ? <LoginPage /> : <ClosedPage />}</Suspense>;
}
