import { type ReactNode, useMemo } from "react";
import { type Terms, useTerms } from "../data/maps";
import { useWords } from "../i18n";
import { saidIn } from "./contents";
import { EvidenceTag } from "./EvidenceTag";
import evidenceClasses from "./evidence.module.css";
import { Contents } from "./lanes/Contents";
import classes from "./map.module.css";
import { type Column, hopesOf, promisesOf, type StageColumn, stageLane, touchpointLane } from "./model";
import { useStanding } from "./Proofs";

interface Part {
  id: string;
  /** The key of the registry. */
  key: string;
  value: unknown;
}

/** Lanes in the order of the registry, those of the author's own last. */
function ordered(keys: readonly string[], terms: Terms): string[] {
  const order = [...terms.keys()];
  const place = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  return [...keys].sort((one, other) => place(one) - place(other));
}

/** What the author wrote about a touchpoint; its promises too where no journey has met them yet. */
export function usePartsOf(column: Column): Part[] {
  const terms = useTerms();
  return useMemo(() => {
    const promises = column.row?.expectations.length
      ? {}
      : Object.fromEntries(promisesOf(column).map(({ key, written }) => [key, written]));
    const expects = { ...hopesOf(column), ...promises };
    return [
      ...(saidIn("expectation", expects).length ? [{ id: "hopes", key: "expects", value: expects }] : []),
      ...ordered(column.written, terms).map((key) => ({
        id: touchpointLane(key),
        key,
        value: column.drawn?.[key],
      })),
    ];
  }, [column, terms]);
}

export function usePartsOfStage(stage: StageColumn): Part[] {
  const terms = useTerms();
  return useMemo(
    () =>
      ordered(stage.written, terms).map((key) => ({ id: stageLane(key), key, value: stage.drawn?.[key] })),
    [stage, terms],
  );
}

interface NotesProps {
  parts: readonly Part[];
  /** Whose words they are. */
  of: { column: Column } | { stage: StageColumn };
}

/** The author's words lane by lane, each with what it stands on. */
export function Notes({ parts, of }: NotesProps): ReactNode {
  const { language } = useWords();
  const terms = useTerms();
  const { ofColumn, ofStage } = useStanding();
  return parts.map(({ id, key, value }) => {
    const evidence = "column" in of ? ofColumn(of.column, id) : ofStage(of.stage, id);
    const term = terms.get(key);
    return (
      <section
        key={id}
        className={`${classes.cell} ${evidenceClasses.part}`}
        data-lane={key}
        data-source={evidence.source}
        data-stale={evidence.stale || undefined}
      >
        <p className={evidenceClasses.partName} dir="auto">
          {term?.title[language] ?? key}
        </p>
        <Contents term={term} value={value} />
        <EvidenceTag evidence={evidence} />
      </section>
    );
  });
}
