import { Button, SegmentedControl, Select, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { shareLink, useMakeShare, useShares } from "../../data/people";
import { useWords } from "../../i18n";
import { CopyLink } from "./CopyLink";
import { Dialog } from "./Dialog";
import classes from "./people.module.css";
import { ShareList } from "./ShareList";
import { Refusal } from "./SignInForm";

interface Props {
  /** Which map; without it, the living one. */
  map?: string | undefined;
  onClose: () => void;
}

const DAYS = ["7", "30", "90", "365", "0"] as const;

/** A link by which one map can be read without an account. */
export default function ShareDialog({ map, onClose }: Props) {
  const { t } = useWords();
  const make = useMakeShare();
  const shares = useShares(map, map !== undefined);
  const [living, setLiving] = useState(true);
  const [numbers, setNumbers] = useState(false);
  const [days, setDays] = useState<string>("30");
  const [note, setNote] = useState("");
  const create = () =>
    make.mutate({
      ...(map === undefined ? {} : { map }),
      snapshot: !living,
      numbers,
      days: days === "0" ? null : Number(days),
      note,
    });
  return (
    <Dialog onClose={onClose} title={t("people.share_title")} size="lg">
      <div className={classes.form}>
        {make.data ? (
          <CopyLink
            link={shareLink(make.data.token)}
            label={t("people.share_made")}
            help={t("people.share_made_help")}
          />
        ) : (
          <>
            <p style={{ margin: 0 }}>{t("people.share_text")}</p>
            <Refusal error={make.error} />
            <SegmentedControl
              aria-label={t("people.share_what")}
              value={living ? "living" : "fixed"}
              onChange={(value) => setLiving(value === "living")}
              data={[
                { value: "living", label: t("people.share_living") },
                { value: "fixed", label: t("people.share_fixed") },
              ]}
            />
            <Switch
              checked={numbers}
              onChange={(event) => setNumbers(event.currentTarget.checked)}
              label={t("people.share_numbers")}
              description={t("people.share_numbers_help")}
            />
            <Select
              label={t("people.share_days")}
              value={days}
              onChange={(value) => setDays(value ?? "30")}
              allowDeselect={false}
              data={DAYS.map((value) => ({ value, label: t(`people.days.${value}`) }))}
            />
            <TextInput
              label={t("people.share_note")}
              placeholder={t("people.share_note_example")}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
              maxLength={200}
              dir="auto"
            />
            <Button onClick={create} loading={make.isPending}>
              {t("people.share_make")}
            </Button>
          </>
        )}
        {shares.data && shares.data.length > 0 && <ShareList shares={shares.data} />}
      </div>
    </Dialog>
  );
}
