import type { ReactNode } from "react";
import { useWords } from "../i18n";
import { StarIcon, TickIcon } from "./icons";
import classes from "./ui.module.css";

/** A shape for every kind of finding, so that none is told by its colour alone. */
const SHAPES: Record<string, ReactNode> = {
  barrier: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="M4.8 8h6.4" strokeWidth="2.4" />
    </>
  ),
  inconvenience: <path d="M1.5 11c2.500 0 2.500-6 6.5-6s4 6 6.5 6" />,
  bottleneck: (
    <path d="M3.5 1.800h9M3.5 14.200h9M4.5 2v2.500L8 8l-3.500 3.500V14M11.500 2v2.500L8 8l3.500 3.500V14" />
  ),
  gap: <path d="M5 2.500H2.500v11H5M11 2.500h2.500v11H11M6.300 8h3.400" />,
  single_case: (
    <>
      <path d="M8 1.800 15 14H1Z" />
      <path d="M8 6.200v3.600M8 11.900v.1" strokeWidth="1.8" />
    </>
  ),
  undetermined: (
    <path
      d="M5.300 5.800c0-4 5.500-3.800 5.500-.4 0 2.300-2.800 2.300-2.800 4.600M8 13.200v.1"
      strokeWidth="1.800"
    />
  ),
};

export function KindIcon({ kind, size = 14 }: { kind: string; size?: number }) {
  if (kind === "moment_of_truth") return <StarIcon size={size} />;
  if (kind === "harmless") return <TickIcon size={size} />;
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
      {SHAPES[kind] ?? <circle cx="8" cy="8" r="5" />}
    </svg>
  );
}

/** Shape, word and colour of a kind of finding. */
export function KindMark({ kind, size }: { kind: string; size?: "large" }) {
  const { t } = useWords();
  return (
    <span className={classes.kind} data-kind={kind} data-size={size}>
      <KindIcon kind={kind} size={size === "large" ? 16 : 13} />
      {t(`finding_kind.${kind as "barrier"}`, { defaultValue: kind })}
    </span>
  );
}
