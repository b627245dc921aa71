/** Who is signed in, what they may do, and what happens when a session ends under a person's hands. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import {
  acceptInvitation,
  changePassword,
  getInvitation,
  getSession,
  makeFirstOwner,
  type Session,
  signIn,
  signOut,
  signOutElsewhere,
} from "../api";
import { client } from "../api/client.gen";
import { showTimesIn } from "../i18n/times";
import { answer } from "./queries";

export type Right = "read" | "edit" | "analyse" | "own";
export interface Typed {
  name: string;
  password: string;
}

/** Said to everything that waits for a session, such as changes that could not be sent. */
export const SIGNED_IN = "tropa:signed-in";

const listeners = new Set<() => void>();

client.interceptors.response.use((response) => {
  // A wrong password is an answer to signing in, not the end of a session.
  const path = new URL(response.url, window.location.origin).pathname;
  if (response.status === 401 && path !== "/api/session") for (const listener of listeners) listener();
  return response;
});

export function useSession() {
  return useQuery({
    queryKey: ["session"],
    queryFn: async ({ signal }) => {
      const session = await answer(getSession({ signal }));
      showTimesIn(session.timezone);
      return session;
    },
    staleTime: Number.POSITIVE_INFINITY,
    retryOnMount: false,
  });
}

/** Calls when the service no longer knows who is asking. */
export function useSessionEnd(ended: () => void) {
  useEffect(() => {
    listeners.add(ended);
    return () => {
      listeners.delete(ended);
    };
  }, [ended]);
}

/** Whether the person has a right; until it is known, nothing is offered that might be refused. */
export function useMay(right: Right): boolean {
  return useSession().data?.you?.rights.includes(right) ?? false;
}

/** The new session is known everywhere at once, and whatever was refused is asked again. */
export function useEnter() {
  const cache = useQueryClient();
  return (session: Session) => {
    cache.setQueryData(["session"], session);
    void cache.invalidateQueries({
      // An invitation that was just used is no more to be asked for.
      predicate: ({ queryKey }) => queryKey[0] !== "session" && queryKey[0] !== "invitation",
    });
    window.dispatchEvent(new Event(SIGNED_IN));
  };
}

export const useSignIn = () => useMutation({ mutationFn: (body: Typed) => answer(signIn({ body })) });

export const useFirstOwner = () =>
  useMutation({ mutationFn: (body: Typed) => answer(makeFirstOwner({ body })) });

export const useAccept = (token: string) =>
  useMutation({ mutationFn: (body: Typed) => answer(acceptInvitation({ path: { token }, body })) });

export function useInvitation(token: string) {
  return useQuery({
    queryKey: ["invitation", token],
    queryFn: ({ signal }) => answer(getInvitation({ path: { token }, signal })),
  });
}

/** Everything that was read leaves the browser with the person. */
export const useSignOut = () =>
  useMutation({
    mutationFn: () => answer(signOut()),
    onSuccess: () => window.location.assign("/"),
  });

export const useSignOutElsewhere = () => useMutation({ mutationFn: () => answer(signOutElsewhere()) });

export const useChangePassword = () =>
  useMutation({
    mutationFn: (body: { current: string; password: string }) => answer(changePassword({ body })),
  });
