import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { attachClosestEdge, extractClosestEdge } from "@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge";
import { ActionIcon } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useWords } from "../../i18n";
import classes from "./funnel.module.css";
import { landing, moved } from "./steps";

interface StepListProps {
  steps: readonly string[];
  onChange: (steps: string[]) => void;
}

/** The steps in order: dragged, or moved by their arrows. */
export function StepList({ steps, onChange }: StepListProps) {
  const { t } = useWords();
  const [told, setTold] = useState("");
  const list = useRef<HTMLOListElement>(null);
  const latest = useRef({ steps, onChange });
  latest.current = { steps, onChange };

  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source }) => source.data.kind === "funnel-step",
        onDrop: ({ source, location }) => {
          const over = location.current.dropTargets[0];
          const edge = over ? extractClosestEdge(over.data) : null;
          if (!over || (edge !== "top" && edge !== "bottom")) return;
          const from = Number(source.data.place);
          const { steps: now, onChange: change } = latest.current;
          change(moved(now, from, landing(from, Number(over.data.place), edge)));
        },
      }),
    [],
  );

  // The arrow that was pressed goes along with its step, as soon as the address has taken the new order.
  const follow = useRef<string | null>(null);
  const order = steps.join("\u0000");
  useEffect(() => {
    if (follow.current) list.current?.querySelector<HTMLElement>(follow.current)?.focus();
    follow.current = null;
  }, [order]);

  const move = (from: number, to: number, key: "up" | "down") => {
    onChange(moved(steps, from, to));
    setTold(t("explore.funnel.moved", { name: steps[from] ?? "", n: to + 1 }));
    follow.current = `[data-place="${to}"] [data-move="${key}"]`;
  };
  return (
    <>
      <ol className={classes.steps} ref={list} aria-label={t("explore.funnel.steps")}>
        {steps.map((step, place) => (
          <StepRow
            key={`${place} ${step}`}
            step={step}
            place={place}
            last={steps.length - 1}
            onMove={move}
            onRemove={() => onChange(steps.filter((_, other) => other !== place))}
          />
        ))}
      </ol>
      <span className="visually-hidden" role="status">
        {told}
      </span>
    </>
  );
}

interface StepRowProps {
  step: string;
  place: number;
  last: number;
  onMove: (from: number, to: number, key: "up" | "down") => void;
  onRemove: () => void;
}

function StepRow({ step, place, last, onMove, onRemove }: StepRowProps) {
  const { t } = useWords();
  const row = useRef<HTMLLIElement>(null);
  const [edge, setEdge] = useState<string | null>(null);
  useEffect(() => {
    const element = row.current;
    if (!element) return;
    return combine(
      draggable({ element, getInitialData: () => ({ kind: "funnel-step", place }) }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data.kind === "funnel-step",
        getData: ({ input }) =>
          attachClosestEdge({ place }, { element, input, allowedEdges: ["top", "bottom"] }),
        onDrag: ({ self }) => setEdge(extractClosestEdge(self.data)),
        onDragLeave: () => setEdge(null),
        onDrop: () => setEdge(null),
      }),
    );
  }, [place]);
  return (
    <li ref={row} className={classes.step} data-place={place} data-edge={edge ?? undefined}>
      <span className={classes.grip} aria-hidden="true">
        ⠿
      </span>
      <span className={`number ${classes.stepNumber}`}>{place + 1}</span>
      <bdi className={classes.stepName}>{step}</bdi>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        data-move="up"
        disabled={place === 0}
        aria-label={t("explore.funnel.up", { name: step })}
        onClick={() => onMove(place, place - 1, "up")}
      >
        ↑
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        data-move="down"
        disabled={place === last}
        aria-label={t("explore.funnel.down", { name: step })}
        onClick={() => onMove(place, place + 1, "down")}
      >
        ↓
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={t("filters.remove", { what: step })}
        onClick={onRemove}
      >
        ×
      </ActionIcon>
    </li>
  );
}
