import type { Finding } from "../../data/findings";
import { count, probability, share } from "../../draw";
import { useWords } from "../../i18n";
import { Confirmed } from "../findings/FindingRow";
import { Quotes } from "../touchpoint/Quotes";
import classes from "./finding.module.css";
import { Section } from "./Section";

function Shares({ exposed, other }: { exposed: number; other: number }) {
  const { t, language } = useWords();
  const most = Math.max(exposed, other, 0.0001);
  const rows = [
    { role: "exposed", name: t("finding.exposed_side"), value: exposed },
    { role: "others", name: t("finding.voice_others"), value: other },
  ];
  return (
    <ul className={classes.voiceBars}>
      {rows.map((row) => (
        <li key={row.role} data-role={row.role}>
          <span>{row.name}</span>
          <span className={classes.voiceBar} aria-hidden="true">
            <span style={{ width: `${(100 * row.value) / most}%` }} />
          </span>
          <b className="number">{share(row.value, language)}</b>
        </li>
      ))}
    </ul>
  );
}

/** What customers say of it, and whether those who met it say it more than the others. */
export function Voice({ finding }: { finding: Finding }) {
  const { t, language } = useWords();
  const voice = finding.voice;
  if (!voice) return null;
  const compared = voice.mentions > 0 && voice.exposed_share !== null && voice.other_share !== null;
  return (
    <Section
      title={t("drawer.voice")}
      note={t("finding.mentions", { count: voice.mentions, shown: count(voice.mentions, language) })}
      name="voice"
    >
      {compared && (
        <>
          <p className={classes.lead}>
            {voice.confirmed ? (
              <Confirmed />
            ) : (
              <span className={classes.unconfirmed}>{t("finding.not_confirmed")}</span>
            )}{" "}
            {t("finding.voice_about")}{" "}
            {voice.p !== null && (
              <span className="number">{t("finding.p", { p: probability(voice.p, language) })}</span>
            )}
          </p>
          <Shares exposed={voice.exposed_share ?? 0} other={voice.other_share ?? 0} />
        </>
      )}
      {voice.mentions === 0 && <p className={classes.more}>{t("finding.unspoken")}</p>}
      {voice.quotes.length > 0 && <Quotes quotes={voice.quotes} />}
    </Section>
  );
}
