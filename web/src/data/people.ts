/** People with an account, invitations, and links to maps. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  endSessions,
  getPeople,
  getShared,
  getShares,
  type Invitation as Invitation_,
  invite,
  makePasswordLink,
  makeShare,
  type NewInvitation,
  type NewShare,
  removePerson,
  revokeInvitation,
  revokeShare,
  type Account as SentAccount,
  type Share,
  setRole,
} from "../api";
import { showTimesIn } from "../i18n/times";
import { answer } from "./queries";

export type Role = SentAccount["role"];
export type Account = SentAccount;
export type Invitation = Invitation_;
export type { Share };
export const ROLES: readonly Role[] = ["reader", "editor", "analyst", "owner"];

export const inviteLink = (token: string): string => `${window.location.origin}/invite/${token}`;
export const shareLink = (token: string): string => `${window.location.origin}/s/${token}`;

const PEOPLE = ["people"];
const SHARES = ["shares"];

export function usePeople(enabled: boolean) {
  return useQuery({
    queryKey: PEOPLE,
    queryFn: ({ signal }) => answer(getPeople({ signal })),
    enabled,
  });
}

/** One change of the list of people; the list is asked again afterwards, whatever came of it. */
function usePeopleChange<Given, Told>(change: (given: Given) => Promise<Told>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => cache.invalidateQueries({ queryKey: PEOPLE }),
  });
}

export const useInvite = () => usePeopleChange((body: NewInvitation) => answer(invite({ body })));
export const useRevokeInvitation = () =>
  usePeopleChange((invitation: string) => answer(revokeInvitation({ path: { invitation } })));
export const useSetRole = () =>
  usePeopleChange(({ person, role }: { person: string; role: Role }) =>
    answer(setRole({ path: { person }, body: { role } })),
  );
export const useRemovePerson = () =>
  usePeopleChange((person: string) => answer(removePerson({ path: { person } })));
export const useEndSessions = () =>
  usePeopleChange((person: string) => answer(endSessions({ path: { person } })));
export const usePasswordLink = () =>
  usePeopleChange((person: string) => answer(makePasswordLink({ path: { person } })));

/** Links of one map, or of all. */
export function useShares(map: string | undefined, enabled = true) {
  return useQuery({
    queryKey: [...SHARES, map ?? null],
    queryFn: ({ signal }) => answer(getShares({ query: map === undefined ? {} : { map }, signal })),
    enabled,
  });
}

export function useMakeShare() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NewShare) => answer(makeShare({ body })),
    onSettled: () => cache.invalidateQueries({ queryKey: SHARES }),
  });
}

export function useRevokeShare() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (share: string) => answer(revokeShare({ path: { share } })),
    onSettled: () => cache.invalidateQueries({ queryKey: SHARES }),
  });
}

export function useShared(token: string) {
  return useQuery({
    queryKey: ["shared", token],
    queryFn: async ({ signal }) => {
      const shared = await answer(getShared({ path: { token }, signal }));
      // A snapshot of long ago does not tell it.
      showTimesIn(shared.timezone ?? "UTC");
      return shared;
    },
    staleTime: 60_000,
  });
}

/** Whether a link can still be opened. */
export const isOpen = (share: Share): boolean =>
  share.revoked_at === null && (share.expires_at === null || Date.parse(share.expires_at) > Date.now());
