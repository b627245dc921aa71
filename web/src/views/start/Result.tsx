import { Anchor, Button } from "@mantine/core";
import { Link } from "react-router";
import type { Loaded } from "../../api";
import { count } from "../../draw";
import { useWords } from "../../i18n";
import { useSaid } from "./said";
import classes from "./start.module.css";

/** What a load came to, and the next step. */
export function Result({ loaded, onNext }: { loaded: Loaded; onNext: (step: string) => void }) {
  const { t, language } = useWords();
  const say = useSaid();
  const all = (key: "read" | "loaded" | "set_aside" | "duplicates") =>
    loaded.files.reduce((sum, file) => sum + file[key], 0);
  const before = loaded.files.filter((file) => file.before);
  const notes = [...new Set(loaded.files.flatMap((file) => file.notes ?? []))];
  return (
    <section className={classes.result} data-loaded="">
      <h2>{t(loaded.files.length === before.length ? "start.result.nothing_new" : "start.result.title")}</h2>
      <dl className={classes.numbers}>
        {(["read", "loaded", "set_aside", "duplicates"] as const).map((key) => (
          <div key={key}>
            <dt>{t(`start.result.${key}` as "start.result.read")}</dt>
            <dd className="number">{count(all(key), language)}</dd>
          </div>
        ))}
      </dl>
      {before.map((file) => (
        <p key={file.file} className={classes.note} dir="auto">
          {t("start.result.before", { file: file.file })}
        </p>
      ))}
      {notes.map((note) => (
        <p key={note} className={classes.note} dir="auto">
          {say(note).text}
        </p>
      ))}
      {loaded.rejects && (
        <p className={classes.note}>
          <Anchor href={`/api/rejects/${loaded.rejects}`} download inherit>
            {t("start.result.rejects")}
          </Anchor>{" "}
          {t("start.result.rejects_about")}
        </p>
      )}
      {(loaded.refused_identifiers?.length ?? 0) > 0 && (
        <p className={classes.note}>
          {t("start.result.refused", { n: count(loaded.refused_identifiers?.length, language) })}
        </p>
      )}
      {loaded.events === 0 ? (
        <p>{t("start.result.no_events")}</p>
      ) : loaded.has_map ? (
        <div className={classes.next}>
          <Button component={Link} to="/">
            {t("start.next.map")}
          </Button>
          <Button component={Link} to="/findings" variant="default">
            {t("start.next.findings")}
          </Button>
        </div>
      ) : (
        <>
          <p>{t("start.result.next")}</p>
          <div className={classes.next}>
            <Button onClick={() => onNext("propose")}>{t("start.next.propose")}</Button>
            <Button onClick={() => onNext("ready")} variant="default">
              {t("start.next.ready")}
            </Button>
            <Button component={Link} to="/" variant="subtle">
              {t("start.next.without")}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
