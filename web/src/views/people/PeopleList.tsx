import { ActionIcon, Button, Menu, Select } from "@mantine/core";
import { useState } from "react";
import {
  type Account,
  type Invitation,
  inviteLink,
  ROLES,
  type Role,
  useEndSessions,
  usePasswordLink,
  useRemovePerson,
  useRevokeInvitation,
  useSetRole,
} from "../../data/people";
import { useWords } from "../../i18n";
import { useTimes } from "../../i18n/times";
import { CopyLink } from "./CopyLink";
import { Dialog } from "./Dialog";
import { initials } from "./initials";
import classes from "./people.module.css";
import { Refusal } from "./SignInForm";

function Person({ account, mine }: { account: Account; mine: boolean }) {
  const { t } = useWords();
  const { moment } = useTimes();
  const setRole = useSetRole();
  const remove = useRemovePerson();
  const end = useEndSessions();
  const link = usePasswordLink();
  const [asking, setAsking] = useState(false);
  const said = end.isSuccess ? t("people.ended", { count: end.data.sessions }) : "";
  return (
    <li data-person={account.name}>
      <span className={classes.avatar} aria-hidden="true">
        {initials(account.name)}
      </span>
      <span className={classes.who}>
        <bdi className={classes.whoName} title={account.name}>
          {account.name}
        </bdi>
        <span className={classes.whoMore}>
          {[
            mine ? t("people.you") : "",
            account.seen_at ? t("people.seen", { when: moment(account.seen_at) }) : t("people.never_seen"),
          ]
            .filter(Boolean)
            .join(" · ")}
          {said && <span role="status"> · {said}</span>}
        </span>
        <Refusal error={setRole.error ?? end.error ?? link.error} />
        {link.data && (
          <CopyLink
            link={inviteLink(link.data.token)}
            label={t("people.password_link", { name: account.name })}
            help={t("people.password_link_help")}
          />
        )}
      </span>
      <Select
        className={classes.role ?? ""}
        aria-label={t("people.role_of", { name: account.name })}
        value={account.role}
        onChange={(role) => role && setRole.mutate({ person: account.id, role: role as Role })}
        allowDeselect={false}
        disabled={setRole.isPending}
        data={ROLES.map((value) => ({ value, label: t(`people.role.${value}`) }))}
        comboboxProps={{ withinPortal: true }}
      />
      <Menu position="bottom-end" withinPortal shadow="md" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t("people.more_of", { name: account.name })}
          >
            <span aria-hidden="true">⋯</span>
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => link.mutate(account.id)}>{t("people.make_password_link")}</Menu.Item>
          <Menu.Item onClick={() => end.mutate(account.id)}>{t("people.end_sessions")}</Menu.Item>
          <Menu.Item color="red" onClick={() => setAsking(true)}>
            {t("people.remove")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking && (
        <Dialog onClose={() => setAsking(false)} title={t("people.remove_title")}>
          <div className={classes.form}>
            <p style={{ margin: 0, overflowWrap: "anywhere" }}>
              {t("people.remove_text", { name: account.name })}
            </p>
            <Refusal error={remove.error} />
            <Button color="red.9" loading={remove.isPending} onClick={() => remove.mutate(account.id)}>
              {t("people.remove")}
            </Button>
            <Button variant="default" onClick={() => setAsking(false)}>
              {t("people.keep")}
            </Button>
          </div>
        </Dialog>
      )}
    </li>
  );
}

function Invited({ invitation, whose }: { invitation: Invitation; whose: string | undefined }) {
  const { t } = useWords();
  const { day } = useTimes();
  const revoke = useRevokeInvitation();
  const title = whose
    ? t("people.password_link", { name: whose })
    : invitation.note || t("people.invitation_without_note");
  return (
    <li data-invitation={invitation.id}>
      <span className={classes.who}>
        <bdi className={classes.whoName} title={title}>
          {title}
        </bdi>
        <span className={classes.whoMore}>
          {[
            t(`people.role.${invitation.role}`),
            t("people.until", { date: day(invitation.expires_at) }),
            invitation.created_by ? t("people.made_by", { name: invitation.created_by }) : "",
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </span>
      <Button
        variant="default"
        size="xs"
        loading={revoke.isPending}
        onClick={() => revoke.mutate(invitation.id)}
        aria-label={t("people.revoke_invitation", { name: title })}
      >
        {t("people.revoke")}
      </Button>
    </li>
  );
}

interface Props {
  people: readonly Account[];
  invitations: readonly Invitation[];
  you: string | null;
}

/** Everybody who may enter, and those who are invited. */
export function PeopleList({ people, invitations, you }: Props) {
  const { t } = useWords();
  const names = new Map(people.map((account) => [account.id, account.name]));
  return (
    <>
      <ul className={classes.list} aria-label={t("people.title")}>
        {people.map((account) => (
          <Person key={account.id} account={account} mine={account.id === you} />
        ))}
      </ul>
      {invitations.length > 0 && (
        <>
          <h3 style={{ fontSize: 14, margin: "18px 0 8px" }}>{t("people.invited")}</h3>
          <ul className={classes.list}>
            {invitations.map((one) => (
              <Invited key={one.id} invitation={one} whose={names.get(one.person ?? "")} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}
