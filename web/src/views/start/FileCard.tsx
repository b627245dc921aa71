import { Button, CloseButton, Progress, SegmentedControl } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { memo, useEffect, useLayoutEffect, useRef, useState } from "react";
import { checkUpload, type HowToRead, type Look, type Reason } from "../../api";
import type { ServiceError } from "../../data/errors";
import { answer } from "../../data/queries";
import { count, share } from "../../draw";
import { useWords } from "../../i18n";
import { useTimes } from "../../i18n/times";
import { Columns } from "./Columns";
import { Doubts, OwnZone } from "./Doubts";
import {
  deliver,
  discard,
  guessed,
  type Held,
  isLoadable,
  isOver,
  lookAt,
  reading,
  type Shape,
  useFiles,
} from "./files";
import { HowRead } from "./HowRead";
import { KeepPlace } from "./KeepPlace";
import { shortName } from "./LongName";
import { Preview } from "./Preview";
import { useJob } from "./queries";
import { useSaid } from "./said";
import { bytes } from "./size";
import classes from "./start.module.css";
import { Waiting } from "./Waiting";

const SHAPES: Shape[] = ["events", "wide", "feedback", "customers", "identities"];

function Because({ reasons }: { reasons: Reason[] }) {
  const { t } = useWords();
  return (
    <ul className={classes.because}>
      {reasons.map((reason) => (
        <li key={reason.why} dir="auto">
          {t(`start.why.${reason.why}` as "start.why.has_time", {
            columns: (reason.columns ?? []).slice(0, 6).map(shortName).join(", "),
          })}
        </li>
      ))}
    </ul>
  );
}

/** What is wrong with a file, and the mend. */
export function Wrong({ error }: { error: Pick<ServiceError, "message" | "hint"> & { kind: string } }) {
  const { t } = useWords();
  const say = useSaid();
  const lost = error.kind === "network";
  const said = say(error.message);
  const mend = said.mend || (error.hint && !error.hint.includes("--") ? error.hint : "");
  return (
    <div className={classes.wrong} role="alert">
      <p dir="auto">{lost ? t("start.file.lost") : said.text}</p>
      {!lost && mend && (
        <p className={classes.mend} dir="auto">
          {mend}
        </p>
      )}
    </div>
  );
}

/** In one line: how many rows, of whom, from when to when. */
function Facts({ look }: { look: Look }) {
  const { t, language } = useWords();
  const { day } = useTimes();
  const { trial } = look;
  if (!trial.rows_read) return null;
  const facts = [
    t(trial.whole ? "start.file.rows" : "start.file.rows_seen", {
      count: trial.rows_read,
      n: count(trial.rows_read, language),
    }),
    trial.customers
      ? t("start.file.customers", { count: trial.customers, n: count(trial.customers, language) })
      : "",
    trial.first ? `${day(trial.first)} – ${day(trial.last)}` : "",
    trial.activities?.length
      ? t("start.file.activities", {
          n: trial.activities.length >= 30 ? "30+" : count(trial.activities.length, language),
        })
      : "",
    trial.set_aside
      ? t("start.file.aside", {
          n: count(trial.set_aside, language),
          share: share(trial.set_aside / Math.max(1, trial.rows_read), language),
        })
      : "",
  ];
  return <p className={classes.facts}>{facts.filter(Boolean).join(" · ")}</p>;
}

/** Reads the whole file without loading it. */
function WholeCheck({ one, look }: { one: Held; look: Look }) {
  const { t, language } = useWords();
  const [id, setId] = useState<string | null>(null);
  const patch = useFiles((files) => files.patch);
  const job = useJob(id).data;
  useEffect(() => {
    if (!job || !isOver(job)) return;
    if (job.checked) patch(one.key, { checked: job.checked });
    if (job.error) patch(one.key, { problem: job.error as ServiceError });
    setId(null);
  }, [job, one.key, patch]);
  if (one.checked)
    return (
      <p className={classes.note}>
        {t("start.file.checked", {
          n: count(one.checked.rows_read, language),
          aside: count(one.checked.set_aside, language),
        })}
      </p>
    );
  if (look.trial.whole || !one.upload) return null;
  const body = { upload: one.upload.id, shape: look.shape, how: reading(look) };
  return (
    <div className={classes.check}>
      {id ? (
        <Progress
          value={(job?.share ?? 0) * 100}
          aria-label={t("start.file.checking")}
          className={classes.grow}
        />
      ) : (
        <Button
          size="xs"
          variant="default"
          onClick={() =>
            void answer(checkUpload({ body })).then(
              (begun) => setId(begun.id),
              (problem: ServiceError) => patch(one.key, { problem }),
            )
          }
        >
          {t("start.file.check_whole")}
        </Button>
      )}
      <span className={classes.note}>{t("start.file.check_about")}</span>
    </div>
  );
}

function Details({ one, look }: { one: Held; look: Look }) {
  const { t } = useWords();
  const say = useSaid();
  const change = (how: HowToRead) => void lookAt(one.key, look.shape, how);
  const trial = one.checked ?? look.trial;
  const notes = [...new Set([...look.notes, ...(trial.notes ?? [])])].filter(
    (note) => !trial.warnings?.includes(note),
  );
  const box = useRef<HTMLDivElement>(null);
  const height = useRef(0);
  const readable = !look.missing.length && !look.trial.problem;
  // Without its first rows a file is shorter: the page must not slip while its columns are being mended.
  useLayoutEffect(() => {
    if (!box.current) return;
    box.current.style.minHeight = readable ? "" : `${height.current}px`;
    if (readable) height.current = box.current.offsetHeight;
  });
  return (
    <div ref={box} className={classes.details} data-keeps-place="">
      <HowRead key={look.format} look={look} onChange={change} />
      <Columns look={look} onChange={change} />
      {notes.map((note) => (
        <p key={note} className={classes.note} dir="auto">
          {say(note).text}
        </p>
      ))}
      {!look.missing.length && (
        <Preview trial={{ ...trial, rows: look.trial.rows, columns: look.trial.columns }} />
      )}
      {!look.missing.length && <WholeCheck one={one} look={look} />}
      <p className={classes.note}>{t("start.file.kept")}</p>
    </div>
  );
}

function Sending({ one }: { one: Held }) {
  const { t, language } = useWords();
  const part = one.size ? one.sent / one.size : 0;
  return (
    <div className={classes.sending}>
      <Progress value={part * 100} aria-label={t("start.file.sending")} animated={one.state === "sending"} />
      <span className={`number ${classes.note}`}>
        {t("start.file.sent", { sent: bytes(one.sent, language), size: bytes(one.size, language) })}
      </span>
      {one.state === "paused" && one.problem && <Wrong error={one.problem} />}
      {one.state === "paused" && (
        <Button size="xs" onClick={() => void deliver(one.key)}>
          {t("start.file.go_on")}
        </Button>
      )}
    </div>
  );
}

function Missing({ look }: { look: Look }) {
  const { t } = useWords();
  if (!look.missing.length) return null;
  const names = look.missing.map((name) => t(`start.role.${name}` as "start.role.time").toLowerCase());
  return (
    <div className={classes.wrong} role="alert">
      <p>{t("start.file.missing", { names: names.join(", ") })}</p>
      <p className={classes.mend}>{t("start.file.missing_mend")}</p>
    </div>
  );
}

/** One file: what it is, why, and how it will be read. */
export const FileCard = memo(function FileCard({ one }: { one: Held }) {
  const { t, language } = useWords();
  const narrow = useMediaQuery("(max-width: 620px)", undefined, { getInitialValueInEffect: false });
  const { look } = one;
  // What was guessed is seen before it is loaded, and what is open stays so while it is being mended.
  const asks = !!look && (look.missing.length > 0 || !!look.trial.problem || guessed(look).length > 0);
  const [opened, setOpened] = useState<boolean | null>(null);
  if (asks && opened === null) setOpened(true);
  const isOpen = opened ?? false;
  return (
    <KeepPlace>
      <article className={classes.file} data-state={one.state} data-ready={isLoadable(one) || undefined}>
        <header className={classes.fileHead}>
          <h2 dir="auto">{one.name}</h2>
          <span className={`number ${classes.note}`}>{bytes(one.size, language)}</span>
          <CloseButton
            aria-label={t("start.file.remove", { name: one.name })}
            onClick={() => void discard(one.key)}
          />
        </header>
        {(one.state === "sending" || one.state === "paused") && <Sending one={one} />}
        {one.state === "looking" && !look && <Waiting text={t("start.file.looking")} />}
        {one.state === "looking" && look && (
          <div className={classes.busy} role="progressbar" aria-label={t("start.file.looking")} />
        )}
        {one.problem && one.state !== "paused" && <Wrong error={one.problem} />}
        {look && (
          <>
            <div className={classes.shape}>
              <SegmentedControl
                size={narrow ? "sm" : "xs"}
                aria-label={t("start.file.what")}
                orientation={narrow ? "vertical" : "horizontal"}
                fullWidth={narrow}
                value={look.shape}
                onChange={(shape) => void lookAt(one.key, shape as Shape)}
                data={SHAPES.map((shape) => ({
                  value: shape,
                  label: t(`start.shape.${shape}` as "start.shape.wide"),
                }))}
              />
            </div>
            <p className={classes.shapeAbout}>
              {t(`start.shape_about.${look.shape}` as "start.shape_about.wide")}
            </p>
            {look.shape === look.guessed && <Because reasons={look.reasons} />}
            <Facts look={look} />
            <OwnZone one={one} look={look} />
            <Doubts one={one} look={look} />
            <Missing look={look} />
            {look.trial.problem && <Wrong error={look.trial.problem} />}
            <Button
              size="xs"
              variant="subtle"
              aria-expanded={isOpen}
              onClick={() => setOpened(!isOpen)}
              className={classes.more}
            >
              {t(isOpen ? "start.file.hide" : "start.file.show")}
            </Button>
            {isOpen && <Details one={one} look={look} />}
          </>
        )}
      </article>
    </KeepPlace>
  );
});
