import { Button, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { inviteLink, ROLES, type Role, useInvite } from "../../data/people";
import { useWords } from "../../i18n";
import { CopyLink } from "./CopyLink";
import { Dialog } from "./Dialog";
import classes from "./people.module.css";
import { Refusal } from "./SignInForm";

/** Invite somebody by a link. */
export default function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const invite = useInvite();
  const [role, setRole] = useState<Role>("reader");
  const [days, setDays] = useState("7");
  const [note, setNote] = useState("");
  return (
    <Dialog onClose={onClose} title={t("people.invite")} size="lg">
      <div className={classes.form}>
        {invite.data ? (
          <CopyLink
            link={inviteLink(invite.data.token)}
            label={t("people.invite_made")}
            help={t("people.invite_made_help")}
          />
        ) : (
          <>
            <Refusal error={invite.error} />
            <TextInput
              label={t("people.invite_note")}
              placeholder={t("people.invite_note_example")}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
              maxLength={200}
              dir="auto"
              data-autofocus
            />
            <Select
              label={t("people.role_label")}
              description={t(`people.may.${role}`)}
              value={role}
              onChange={(value) => setRole((value as Role | null) ?? "reader")}
              allowDeselect={false}
              data={ROLES.map((value) => ({ value, label: t(`people.role.${value}`) }))}
            />
            <Select
              label={t("people.invite_days")}
              value={days}
              onChange={(value) => setDays(value ?? "7")}
              allowDeselect={false}
              data={["1", "7", "30"].map((value) => ({ value, label: t(`people.days.${value}`) }))}
            />
            <Button
              onClick={() => invite.mutate({ role, days: Number(days), note })}
              loading={invite.isPending}
            >
              {t("people.make_link")}
            </Button>
          </>
        )}
      </div>
    </Dialog>
  );
}
