import { memo } from "react";
import type { Lane as Term } from "../../api";
import { duration, type Language, share, signed } from "../../draw";
import { useWords } from "../../i18n";
import { type Content, moodIn, PROMISES, type PromiseKey, type Said, saidIn, secondsIn } from "../contents";
import laneClasses from "../lanes.module.css";
import classes from "../map.module.css";
import { Note } from "./Note";

/** A promise as the author wrote it, in the words of the page. */
export function sayPromise(key: PromiseKey, written: string, language: Language): string {
  const number = Number(written);
  if (key === "within") {
    const seconds = secondsIn(written);
    return seconds === null ? written : duration(seconds, language);
  }
  return key === "failures" && Number.isFinite(number) ? share(number, language) : written;
}

const isPromise = (part: string | undefined): part is PromiseKey => PROMISES.some((key) => key === part);

function Figures({ said }: { said: Said }) {
  const { t } = useWords();
  if (!said.now && !said.target) return null;
  const unit = said.unit ? ` ${said.unit}` : "";
  return (
    <span className={`number ${laneClasses.figures}`}>
      {said.now && <span>{t("living.metric_now", { value: said.now + unit })}</span>}
      {said.target && <b>{t("living.metric_target", { value: said.target + unit })}</b>}
    </span>
  );
}

function Facts({ said, partOf }: { said: readonly Said[]; partOf: (key: string) => string }) {
  return (
    <div className={classes.note}>
      <dl className={classes.facts}>
        {said.map(({ part, text }) => (
          <div key={`${part}${text}`}>
            {part && <dt>{partOf(part)}</dt>}
            <dd dir="auto">{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Mood({ mood }: { mood: number }) {
  const { t, language } = useWords();
  return <Note>{t("living.author_mark", { mark: signed(mood, language, 1) })}</Note>;
}

interface ContentsProps {
  /** The lane as the registry knows it; undefined for one of the author's own. */
  term: Term | undefined;
  value: unknown;
}

/** What stands in an author's cell, each content in its own form. */
export const Contents = memo(function Contents({ term, value }: ContentsProps) {
  const { t, language } = useWords();
  const content: Content = term?.content ?? "free";
  const partOf = (key: string) => term?.parts?.find((part) => part.key === key)?.title[language] ?? key;
  const mood = content === "emotion" ? moodIn(value) : null;
  if (mood !== null) return <Mood mood={mood} />;
  const said = saidIn(content, value);
  if (!said.length) return null;
  if (content === "process") return <Facts said={said} partOf={partOf} />;
  return said.map((one, place) => (
    <Note
      key={`${place}${one.text}`}
      label={one.part ? partOf(one.part) : undefined}
      kind={content === "pains" ? "pain" : content === "expectation" ? one.part : undefined}
    >
      {content === "expectation" && isPromise(one.part) ? (
        <b className="number">
          {t(one.part === "score" ? "living.at_least" : "living.at_most", {
            value: sayPromise(one.part, one.text, language),
          })}
        </b>
      ) : (
        one.text
      )}
      <Figures said={one} />
    </Note>
  ));
});
