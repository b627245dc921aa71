import { Button } from "@mantine/core";
import { isOpen, type Share, useRevokeShare } from "../../data/people";
import { useWords } from "../../i18n";
import { useTimes } from "../../i18n/times";
import classes from "./people.module.css";
import { Refusal } from "./SignInForm";

function Row({ share }: { share: Share }) {
  const { t } = useWords();
  const { day, moment } = useTimes();
  const revoke = useRevokeShare();
  const open = isOpen(share);
  const facts = [
    share.version === null ? t("people.living") : t("people.version", { version: share.version }),
    t(share.numbers ? "people.with_numbers" : "people.without_numbers"),
    open && share.expires_at ? t("people.until", { date: day(share.expires_at) }) : "",
    share.used_at ? t("people.opened", { when: moment(share.used_at) }) : t("people.never_opened"),
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
        <Refusal error={revoke.error} />
      </span>
      {open ? (
        <Button
          variant="default"
          size="xs"
          loading={revoke.isPending}
          onClick={() => revoke.mutate(share.id)}
          aria-label={t("people.close_link", { name: share.note || share.map_name })}
        >
          {t("people.revoke")}
        </Button>
      ) : (
        <span className={classes.badge} data-closed="">
          {t(share.revoked_at ? "people.closed" : "people.expired")}
        </span>
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
