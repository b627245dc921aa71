import { memo, type ReactNode } from "react";
import { count, duration, share } from "../../draw";
import { useWords } from "../../i18n";
import { StarIcon } from "../../ui/icons";
import { useEditor } from "../context";
import { isRecord, type Plain } from "../model/types";
import {
  emotionOf,
  isExpression,
  isYes,
  listOf,
  metricsOf,
  processOf,
  readNumber,
  ruleOf,
  secondsOf,
  sortedOf,
  textOf,
} from "../model/values";
import classes from "./cells.module.css";

interface ShowProps {
  content: string;
  value: Plain;
  lane: string;
  /** Wraps each card of a list, so that it can be dragged. */
  wrap?: (card: ReactNode, index: number) => ReactNode;
}

/** The title of a key inside a value, in the language of the page. */
export function usePart(lane: string): (key: string) => string {
  const { lanes } = useEditor();
  const { language } = useWords();
  const parts = lanes.find((known) => known.key === lane)?.parts ?? [];
  return (key) => parts.find((part) => part.key === key)?.title[language] ?? key;
}

const plainly = (card: ReactNode) => card;

function Card({ label, kind, children }: { label?: string; kind?: string; children: ReactNode }) {
  return (
    <div className={classes.card} data-card={kind}>
      {label && <span className={classes.label}>{label}</span>}
      <span dir="auto">{children}</span>
    </div>
  );
}

/** Text may stand there twice: its place belongs to its key. */
const keyed = <T,>(items: readonly T[]) => items.map((item, i) => ({ item, i, key: `${i}` }));

function List({ value, wrap = plainly }: { value: Plain; wrap: ShowProps["wrap"] }) {
  return keyed(listOf(value)).map(({ item, i, key }) => <div key={key}>{wrap(<Card>{item}</Card>, i)}</div>);
}

function SortedCards({ content, value, lane, wrap = plainly }: ShowProps) {
  const part = usePart(lane);
  return keyed(sortedOf(content, value)).map(({ item, i, key }) => (
    <div key={key}>
      {wrap(
        <Card kind={content} {...(item.sort ? { label: part(item.sort) } : {})}>
          {item.text}
        </Card>,
        i,
      )}
    </div>
  ));
}

function Metrics({ value, wrap = plainly }: ShowProps) {
  const { t } = useWords();
  return keyed(metricsOf(value)).map(({ item, i, key }) => (
    <div key={key}>
      {wrap(
        <Card>
          {item.metric}
          {(item.now || item.target) && (
            <span className={`number ${classes.figures}`}>
              {item.now && <span>{t("editor.metric_now", { value: item.now })}</span>}
              {item.target && <b>{t("editor.metric_target", { value: item.target })}</b>}
              {item.unit && <span>{item.unit}</span>}
            </span>
          )}
        </Card>,
        i,
      )}
    </div>
  ));
}

function ProcessFacts({ value, lane }: ShowProps) {
  const part = usePart(lane);
  const process = processOf(value);
  const facts = [
    ["owner", process.owner],
    ["department", process.department],
    ["systems", process.systems.join(", ")],
    ["decides", process.decides],
  ] as const;
  return (
    <dl className={`${classes.card} ${classes.facts}`}>
      {facts
        .filter(([, said]) => said)
        .map(([key, said]) => (
          <div key={key}>
            <dt>{part(key)}</dt>
            <dd dir="auto">{said}</dd>
          </div>
        ))}
    </dl>
  );
}

function Expectation({ value, lane }: ShowProps) {
  const { language } = useWords();
  const part = usePart(lane);
  if (!isRecord(value)) return <Card>{textOf(value)}</Card>;
  const seconds = secondsOf(value.within);
  const failures = readNumber(textOf(value.failures));
  const checks = [
    [
      "within",
      value.within == null
        ? ""
        : seconds === null
          ? textOf(value.within)
          : `≤ ${duration(seconds, language)}`,
    ],
    ["score", value.score == null ? "" : `≥ ${textOf(value.score)}`],
    [
      "failures",
      value.failures == null
        ? ""
        : failures === null
          ? textOf(value.failures)
          : `≤ ${share(failures, language)}`,
    ],
  ] as const;
  return (
    <>
      {(["best", "worst"] as const).map(
        (key) =>
          value[key] && (
            <Card key={key} kind={key} label={part(key)}>
              {textOf(value[key])}
            </Card>
          ),
      )}
      {checks.map(
        ([key, said]) =>
          said && (
            <span key={key} className={classes.check}>
              {part(key)} <b className="number">{said}</b>
            </span>
          ),
      )}
    </>
  );
}

function Bound({ value }: { value: Plain }) {
  const { language, t } = useWords();
  const rule = ruleOf(value);
  return Object.entries(rule).map(([column, values]) => (
    <div key={column} className={classes.rule}>
      <span className={classes.label}>{t(`editor.column.${column}`, { defaultValue: column })}</span>
      {values.slice(0, 3).map((name) => (
        <code key={name} className={classes.event} data-expression={isExpression(name) || undefined}>
          {name}
        </code>
      ))}
      {values.length > 3 && (
        <span className={classes.more}>
          {t("editor.and_more", { count: values.length - 3, shown: count(values.length - 3, language) })}
        </span>
      )}
    </div>
  ));
}

/** The written content of a cell. */
export const Show = memo(function Show(props: ShowProps) {
  const { t, language } = useWords();
  const { content, value } = props;
  if (value === null) return null;
  switch (content) {
    case "list":
      return <List value={value} wrap={props.wrap} />;
    case "pains":
    case "influences":
      return <SortedCards {...props} />;
    case "metrics":
      return <Metrics {...props} />;
    case "process":
      return <ProcessFacts {...props} />;
    case "expectation":
      return <Expectation {...props} />;
    case "rule":
      return <Bound value={value} />;
    case "mark":
      return isYes(value) ? (
        <span className={classes.star}>
          <StarIcon size={15} /> {t("editor.yes")}
        </span>
      ) : null;
    case "emotion": {
      const mood = emotionOf(value);
      const format = new Intl.NumberFormat(language, { signDisplay: "exceptZero" });
      return mood === null ? null : <b className="number">{format.format(mood).replace("-", "−")}</b>;
    }
    default:
      return <Card>{textOf(value)}</Card>;
  }
});
