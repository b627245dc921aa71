import { Button } from "@mantine/core";
import { useState } from "react";
import { isOpen, type Share, useRevokeShare } from "../../data/people";
import { useWords } from "../../i18n";
import { useTimes } from "../../i18n/times";
import { Dialog } from "./Dialog";
import classes from "./people.module.css";
import { Refusal } from "./SignInForm";

function Row({ share }: { share: Share }) {
  const { t } = useWords();
  const { day, moment } = useTimes();
  const revoke = useRevokeShare();
  const [asking, setAsking] = useState(false);
  const open = isOpen(share);
  const name = share.note || share.map_name;
  const asleep = open && share.map_archived && share.version === null;
  const facts = [
    share.version === null ? t("people.living") : t("people.version", { version: share.version }),
    t(share.numbers ? "people.with_numbers" : "people.without_numbers"),
    open && share.expires_at ? t("people.until", { date: day(share.expires_at) }) : "",
    share.used_at ? t("people.opened", { when: moment(share.used_at) }) : t("people.never_opened"),
    asleep ? t("people.map_archived") : "",
    share.created_by ? t("people.made_by", { name: share.created_by }) : "",
  ];
  return (
    <li data-share={share.id}>
      <span className={classes.who}>
        <bdi className={classes.whoName} title={share.note || share.map_name}>
          {share.note || share.map_name}
        </bdi>
        <span className={classes.whoMore}>
          {[share.note ? share.map_name : "", ...facts].filter(Boolean).join(" · ")}
        </span>
      </span>
      {open ? (
        <Button
          variant="default"
          size="xs"
          onClick={() => setAsking(true)}
          aria-label={t("people.close_link", { name })}
        >
          {t("people.revoke")}
        </Button>
      ) : (
        <span className={classes.badge} data-closed="">
          {t(share.revoked_at ? "people.closed" : "people.expired")}
        </span>
      )}
      {asking && (
        <Dialog title={t("people.revoke_title")} onClose={() => setAsking(false)}>
          <div className={classes.form}>
            <p className={classes.asked} dir="auto">
              {share.note
                ? t("people.revoke_text", { name: share.note, map: share.map_name })
                : t("people.revoke_map", { map: share.map_name })}{" "}
              {share.used_at
                ? t("people.revoke_used", { count: share.uses, when: moment(share.used_at) })
                : t("people.revoke_unused")}
            </p>
            <p className={classes.asked}>{t("people.revoke_for_good")}</p>
            <Refusal error={revoke.error} />
            <Button
              color="red.9"
              loading={revoke.isPending}
              onClick={() => revoke.mutate(share.id, { onSuccess: () => setAsking(false) })}
            >
              {t("people.revoke")}
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

/** Links to maps: whom for, what they show, when they were last opened. */
export function ShareList({ shares }: { shares: readonly Share[] }) {
  return (
    <ul className={classes.list}>
      {[...shares]
        .sort((a, b) => Number(isOpen(b)) - Number(isOpen(a)))
        .map((share) => (
          <Row key={share.id} share={share} />
        ))}
    </ul>
  );
}
