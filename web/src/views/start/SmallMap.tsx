import { memo } from "react";
import { decimal, duration, type Language, share } from "../../draw";
import { useWords } from "../../i18n";
import { StarIcon } from "../../ui/icons";
import { Scroll } from "./Scroll";
import classes from "./start.module.css";

type Plain = Record<string, unknown>;

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const record = (value: unknown): Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Plain) : {};
const text = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

/** A list of texts, of pains or of metrics as plain texts. */
function texts(value: unknown, key: string): string[] {
  return list(value).map((one) => {
    const { [key]: named, target, unit } = record(one);
    const aim = target === undefined ? "" : ` → ${text(target)} ${text(unit)}`;
    return typeof one === "string" ? one : text(named) + aim;
  });
}

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86400, w: 604800 };

/** `15m` in words. */
function lasting(written: string, language: Language): string {
  const parts = [...written.matchAll(/([\d.]+)\s*([smhdw])/g)];
  const seconds = parts.reduce((sum, [, n, unit]) => sum + Number(n) * (SECONDS[unit ?? ""] ?? 0), 0);
  return seconds > 0 ? duration(seconds, language) : written;
}

function Lines({ title, items }: { title: string; items: string[] }) {
  if (!items.length) return null;
  return (
    <div className={classes.lines2}>
      <h4>{title}</h4>
      <ul>
        {items.map((item) => (
          <li key={item} dir="auto">
            {item}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Touchpoint({ touchpoint, goals }: { touchpoint: Plain; goals: unknown[] }) {
  const { t, language } = useWords();
  const name = text(touchpoint.touchpoint);
  const expects = record(touchpoint.expects);
  const promises = [
    expects.within && t("start.map.within", { within: lasting(text(expects.within), language) }),
    expects.score && t("start.map.score", { score: decimal(Number(expects.score), language) }),
    expects.failures !== undefined &&
      t("start.map.failures", { share: share(Number(expects.failures), language) }),
  ].filter((promise): promise is string => typeof promise === "string");
  const process = record(touchpoint.process);
  const pains = texts(touchpoint.pains, "pain");
  return (
    <li className={classes.touchpoint}>
      <h4 dir="auto">
        {Boolean(touchpoint.moment_of_truth) && (
          <span className={classes.star} title={t("start.map.moment")}>
            <StarIcon />
            <span className="visually-hidden">{t("start.map.moment")}</span>
          </span>
        )}
        {name}
        {goals.includes(name) && <span className={classes.goal}>{t("start.map.goal")}</span>}
      </h4>
      {promises.length > 0 && <p className={classes.promises}>{promises.join(" · ")}</p>}
      {text(expects.best) && (
        <p>
          <span className={classes.good}>+</span> {text(expects.best)}
        </p>
      )}
      {text(expects.worst) && (
        <p>
          <span className={classes.bad}>−</span> {text(expects.worst)}
        </p>
      )}
      {pains.map((pain) => (
        <p key={pain} className={classes.pain} dir="auto">
          {pain}
        </p>
      ))}
      {text(process.owner) && (
        <p className={classes.owner}>
          {[process.owner, process.department].map(text).filter(Boolean).join(" · ")}
        </p>
      )}
    </li>
  );
}

/** A map to be read before it is taken: its stages side by side. */
export const SmallMap = memo(function SmallMap({
  document,
  brief = false,
}: {
  document: Plain;
  brief?: boolean;
}) {
  const { t } = useWords();
  const goals = list(document.goal);
  return (
    <Scroll label={t("start.map.preview")} className={classes.smallMap}>
      {list(document.stages).map((value) => {
        const stage = record(value);
        const questions = Object.entries(record(stage.research));
        return (
          <section key={text(stage.stage)} className={classes.stage}>
            <h3 dir="auto">{text(stage.stage)}</h3>
            {!brief && <Lines title={t("start.map.jobs")} items={texts(stage.jobs, "job")} />}
            <ul className={classes.touchpoints}>
              {list(stage.touchpoints).map((touchpoint) => (
                <Touchpoint
                  key={text(record(touchpoint).touchpoint)}
                  touchpoint={record(touchpoint)}
                  goals={goals}
                />
              ))}
            </ul>
            {!brief && (
              <>
                <Lines
                  title={t("start.map.customer_metrics")}
                  items={texts(stage.customer_metrics, "metric")}
                />
                <Lines
                  title={t("start.map.company_metrics")}
                  items={texts(stage.company_metrics, "metric")}
                />
                <Lines title={t("start.map.questions")} items={questions.map(([, asked]) => text(asked))} />
              </>
            )}
          </section>
        );
      })}
    </Scroll>
  );
});
