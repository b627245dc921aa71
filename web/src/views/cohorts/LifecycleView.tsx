import type { Lifecycle, Standing } from "../../api";
import { count, day } from "../../draw";
import { useWords } from "../../i18n";
import kit from "../explore/explore.module.css";
import { Nothing, Scroll } from "../explore/kit";
import classes from "./cohorts.module.css";

const PARTS = ["returning", "resurrecting", "new"] as const;
const WIDTH = 960;
const UP = 170;
const DOWN = 70;
const FOOT = 22;

/** How the customers of each period stand: new, returning, resurrecting above the line, dormant below it. */
export function LifecycleView({ told }: { told: Lifecycle }) {
  const { t, language } = useWords();
  if (told.periods.length < 2) return <Nothing title={t("explore.cohorts.life_short")} />;
  return (
    <Scroll label={t("explore.cohorts.life")}>
      <h2>{t("explore.cohorts.life")}</h2>
      <p className={kit.lead}>{t("explore.cohorts.life_about")}</p>
      <Drawn periods={told.periods} />
      <p className={classes.legend}>
        {(["new", "returning", "resurrecting", "dormant"] as const).map((part) => (
          <span key={part} className={classes.key}>
            <i data-part={part} aria-hidden="true" />
            {t(`explore.cohorts.${part}`)}
          </span>
        ))}
      </p>
      <details style={{ marginTop: 8 }}>
        <summary>{t("explore.as_table")}</summary>
        <table className={kit.table}>
          <thead>
            <tr>
              <th scope="col">{t("explore.cohorts.period")}</th>
              <th scope="col" data-number="">
                {t("explore.cohorts.active")}
              </th>
              {(["new", "returning", "resurrecting", "dormant"] as const).map((part) => (
                <th key={part} scope="col" data-number="">
                  {t(`explore.cohorts.${part}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {told.periods.map((period) => (
              <tr key={period.begins}>
                <th scope="row" className="number">
                  {day(period.begins, language)}
                  {!period.complete && <span className={classes.small}>{t("explore.cohorts.not_over")}</span>}
                </th>
                {(["active", "new", "returning", "resurrecting", "dormant"] as const).map((part) => (
                  <td key={part} data-number="">
                    {count(period[part], language)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Scroll>
  );
}

function Drawn({ periods }: { periods: readonly Standing[] }) {
  const { t, language } = useWords();
  const [up, down] = [
    Math.max(1, ...periods.map((period) => period.active)),
    Math.max(1, ...periods.map((period) => period.dormant ?? 0)),
  ];
  const scale = Math.min(UP / up, DOWN / down);
  const wide = WIDTH / periods.length;
  const every = Math.ceil(periods.length / 12);
  return (
    <svg
      className={classes.life}
      viewBox={`0 0 ${WIDTH} ${UP + DOWN + FOOT}`}
      role="img"
      aria-label={t("explore.cohorts.life_about")}
    >
      {periods.map((period, place) => {
        let top = UP;
        const x = place * wide + 1;
        return (
          <g key={period.begins} opacity={period.complete ? 1 : 0.55}>
            <title>
              {`${day(period.begins, language)}: ${(["new", "returning", "resurrecting", "dormant"] as const)
                .map((part) => `${t(`explore.cohorts.${part}`)} ${count(period[part], language)}`)
                .join(", ")}`}
            </title>
            {PARTS.map((part) => {
              const height = period[part] * scale;
              top -= height;
              return (
                <rect
                  key={part}
                  data-part={part}
                  x={x}
                  y={top}
                  width={Math.max(1, wide - 2)}
                  height={height}
                />
              );
            })}
            <rect
              data-part="dormant"
              x={x}
              y={UP + 1}
              width={Math.max(1, wide - 2)}
              height={(period.dormant ?? 0) * scale}
            />
            {place % every === 0 && (
              <text x={x + wide / 2} y={UP + DOWN + FOOT - 6}>
                {day(period.begins, language, false)}
              </text>
            )}
          </g>
        );
      })}
      <line x1="0" x2={WIDTH} y1={UP + 0.5} y2={UP + 0.5} />
    </svg>
  );
}
