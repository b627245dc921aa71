import type { Touchpoint } from "../../api";
import { decimal } from "../../draw";
import { useWords } from "../../i18n";
import { useTimes } from "../../i18n/times";
import classes from "./touchpoint.module.css";

type Quote = Touchpoint["quotes"][number];

/** The scale of each kind: how a single score is to be read. */
const SCALES: Record<string, { most: number; good: number; bad: number }> = {
  nps: { most: 10, good: 9, bad: 6 },
  csat: { most: 5, good: 4, bad: 2 },
  rating: { most: 5, good: 4, bad: 2 },
  ces: { most: 7, good: 5, bad: 3 },
};

function Score({ quote }: { quote: Quote }) {
  const { language } = useWords();
  if (quote.score === null) return null;
  const scale = SCALES[quote.kind];
  const side = !scale
    ? "even"
    : quote.score >= scale.good
      ? "good"
      : quote.score <= scale.bad
        ? "bad"
        : "even";
  return (
    <span className={`number ${classes.score}`} data-side={side}>
      {decimal(quote.score, language)}
      {scale && <small>/{scale.most}</small>}
    </span>
  );
}

/** What customers said, in their own words, as text and nothing else. */
export function Quotes({ quotes }: { quotes: readonly Quote[] }) {
  const { t } = useWords();
  const { day } = useTimes();
  if (!quotes.length) return <p className={classes.more}>{t("drawer.silence")}</p>;
  return (
    <ul className={classes.plain}>
      {quotes.map((quote) => (
        <li key={`${quote.time}${quote.customer_id}${quote.text}`} className={classes.quote}>
          <Score quote={quote} />
          <div>
            <blockquote dir="auto">{quote.text}</blockquote>
            <p className={classes.more}>
              {t(`kind.${quote.kind as "nps"}`, { defaultValue: quote.kind })} · {day(quote.time)} ·{" "}
              <bdi>{t("drawer.customer", { id: quote.customer_id })}</bdi>
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
