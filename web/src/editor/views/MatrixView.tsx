import { useWords } from "../../i18n";
import { useLaneTitle, useLayout } from "../context";
import classes from "../editor.module.css";
import { InPlace } from "./InPlace";

/** Stages against the customer's goals, what they and the company measure by, now and tomorrow. */
const COLUMNS = [
  ["jobs", "list"],
  ["customer_metrics", "metrics"],
  ["company_metrics", "metrics"],
  ["target", "text"],
  ["ideas", "list"],
  ["influences", "influences"],
] as const;

export default function MatrixView() {
  const { t } = useWords();
  const titleOf = useLaneTitle();
  const { stages } = useLayout();
  const title = (key: string) => (key === "target" ? t("editor.target_image") : titleOf(key));
  return (
    <section className={classes.phone} aria-label={t("editor.view.matrix")}>
      <p className={classes.quiet} style={{ marginBottom: 10 }}>
        {t("editor.matrix_about")}
      </p>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("map.stage")}</th>
            {COLUMNS.map(([key]) => (
              <th key={key} scope="col">
                {title(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {stages.map((stage) => (
            <tr key={stage.name}>
              <th scope="row" dir="auto">
                {stage.name}
              </th>
              {COLUMNS.map(([key, content]) => (
                <td key={key}>
                  <InPlace
                    on={{ stage: stage.name }}
                    lane={key === "target" ? "research" : key}
                    {...(key === "target" ? { part: "target_process" } : {})}
                    content={content}
                    label={`${stage.name}: ${title(key)}`}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
