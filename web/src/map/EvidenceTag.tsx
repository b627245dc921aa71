import type { ReactNode } from "react";
import { count, day } from "../draw";
import { useWords } from "../i18n";
import type { Evidence, Source } from "./evidence";
import classes from "./evidence.module.css";

const SHAPES: Record<Source, ReactNode> = {
  observed: (
    <>
      <path d="M1.500 8s2.500-4.500 6.500-4.500S14.500 8 14.500 8 12 12.500 8 12.500 1.500 8 1.500 8Z" />
      <circle cx="8" cy="8" r="2" />
    </>
  ),
  surveyed: <path d="M3 2.500h10v11H3ZM5.500 6h1M9 6h1.800M5.500 10h1M9 10h1.800" />,
  interviewed: <path d="M2 3h12v8H7.500L4.500 13.800V11H2ZM5 6h6M5 8.300h4" />,
  assumed: <path d="M5.300 5.800c0-4 5.500-3.800 5.500-.4 0 2.300-2.800 2.300-2.800 4.600M8 13.200v.1" />,
};

export function SourceIcon({ source, size = 12 }: { source: Source; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: "none" }}
    >
      {SHAPES[source]}
    </svg>
  );
}

/** Source, number and age of what the author wrote in a cell; nothing where it is only believed. */
export function EvidenceTag({ evidence }: { evidence: Evidence }) {
  const { t, language } = useWords();
  const { source, n, date, note, stale } = evidence;
  if (source === "assumed" && n === null && date === null && note === null) return null;
  return (
    <span
      className={classes.tag}
      data-source={source}
      data-stale={stale || undefined}
      title={note ?? undefined}
    >
      <SourceIcon source={source} />
      <span>
        {t(`living.source.${source}`)}
        {n !== null && <span className="number"> · {t("summary.n", { n: count(n, language) })}</span>}
        {date && <span className="number"> · {day(date, language)}</span>}
        {stale && <b> · {t("living.stale")}</b>}
      </span>
    </span>
  );
}
