import { useWords } from "../i18n";
import { type Benchmark, benchmarksOf } from "./document";
import { Note } from "./lanes/Note";
import classes from "./lanes.module.css";

function Compared({ benchmark }: { benchmark: Benchmark }) {
  const { t } = useWords();
  return (
    <li>
      <Note label={benchmark.name}>
        {benchmark.promise && t("living.benchmark_promise", { promise: benchmark.promise })}
        {benchmark.promise && benchmark.note && <br />}
        {benchmark.note}
      </Note>
    </li>
  );
}

/** Competitors and similar services: whom customers compare with, and what is promised there. */
export function Benchmarks({ document }: { document: unknown }) {
  const { t } = useWords();
  const found = benchmarksOf(document);
  if (!found.length) return null;
  return (
    <section className={classes.benchmarks} data-benchmarks="">
      <h2>{t("living.benchmarks")}</h2>
      <ul>
        {found.map((benchmark) => (
          <Compared key={benchmark.name} benchmark={benchmark} />
        ))}
      </ul>
    </section>
  );
}
