import { count } from "../../draw";
import { useWords } from "../../i18n";
import { useEditor, useLayout, useMap } from "../context";
import classes from "../editor.module.css";
import { isRecord } from "../model/types";
import { InPlace } from "./InPlace";

/** Ten questions asked at every stage: which are answered, and what the answers are. */
export default function QuestionsView() {
  const { lanes } = useEditor();
  const { t, language } = useWords();
  const { stages } = useLayout();
  const questions = lanes.find((lane) => lane.key === "research")?.parts ?? [];
  const answered = useMap((state) =>
    state.document.stages.reduce(
      (sum, stage) => sum + (isRecord(stage.research) ? Object.keys(stage.research).length : 0),
      0,
    ),
  );
  return (
    <section className={classes.phone} aria-label={t("editor.view.questions")}>
      <p className={classes.quiet} style={{ marginBottom: 10 }}>
        {t("editor.questions_about")}{" "}
        {t("editor.answered", {
          n: count(answered, language),
          all: count(questions.length * stages.length, language),
        })}
      </p>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("editor.question")}</th>
            {stages.map((stage) => (
              <th key={stage.name} scope="col" dir="auto">
                {stage.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {questions.map((question) => (
            <tr key={question.key}>
              <th scope="row">{question.title[language]}</th>
              {stages.map((stage) => (
                <td key={stage.name}>
                  <InPlace
                    on={{ stage: stage.name }}
                    lane="research"
                    part={question.key}
                    content="text"
                    label={`${stage.name}: ${question.title[language]}`}
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
