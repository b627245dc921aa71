import { TextInput, UnstyledButton } from "@mantine/core";
import { memo, useState } from "react";
import { useWords } from "../../i18n";
import { FlagIcon, StarIcon } from "../../ui/icons";
import type { Actions } from "../actions";
import { CommentMark, ProofMark } from "../CellMarks";
import { useEditor, useMap, useUi, useValue } from "../context";
import { DotsIcon, InsideIcon, PlusIcon } from "../icons";
import { useLimit } from "../limit";
import { useProof, useThreads } from "../marks";
import { cleanName, goalOf } from "../model/document";
import type { GridColumn, GridStage } from "../model/lanes";
import { type Named, nameOf } from "../model/types";
import { isYes } from "../model/values";
import { STAGES, TOUCHPOINTS } from "../store/uiStore";
import { useDrag, useDrop } from "./dragging";
import classes from "./grid.module.css";
import { COLUMN, LANE } from "./window";

interface NameFieldProps {
  on: Named;
  onRename: (to: string) => boolean;
  label: string;
  /** Instead of ending the editing of the grid. */
  onClose?: () => void;
}

/** A name being written: Enter keeps it, Esc does not. */
export function NameField({ on, onRename, label, onClose }: NameFieldProps) {
  const { ui } = useEditor();
  const { t } = useWords();
  const limit = useLimit();
  const [typed, setTyped] = useState(nameOf(on));
  const [fault, setFault] = useState("");
  const close = onClose ?? (() => ui.setState({ editing: null }));
  const keep = () => {
    const name = cleanName(typed);
    if (!name) return setFault(t("editor.name_needed"));
    if (onRename(name)) close();
    else setFault(t("editor.conflict.taken"));
  };
  return (
    <TextInput
      size="xs"
      autoFocus
      aria-label={label}
      error={fault}
      dir="auto"
      maxLength={500}
      inputWrapperOrder={["label", "input", "description", "error"]}
      description={limit(typed, 500)}
      value={typed}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => (cleanName(typed) ? keep() : close())}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter" || event.key === "Tab") {
          event.preventDefault();
          keep();
        } else if (event.key === "Escape") close();
      }}
    />
  );
}

interface HeadProps {
  actions: Actions;
  onMenu: (row: string, column: number, element: HTMLElement) => void;
}

const useActive = (row: string, from: number, span = 1) =>
  useUi(({ active }) => active.row === row && active.column >= from && active.column < from + span);
const useEditing = (row: string, from: number, span = 1) =>
  useUi(({ editing }) => editing?.row === row && editing.column >= from && editing.column < from + span);

export const StageHead = memo(function StageHead({
  stage,
  actions,
  onMenu,
}: HeadProps & { stage: GridStage }) {
  const { t } = useWords();
  const [element, setElement] = useState<HTMLElement | null>(null);
  const active = useActive(STAGES, stage.start, stage.span);
  const { proof, notes } = useProof({ stage: stage.name }, "");
  const threads = useThreads({ stage: stage.name }, "");
  const spot = { row: STAGES, column: stage.start };
  const editing = useEditing(STAGES, stage.start, stage.span);
  const dragged = useDrag(editing ? null : element, { kind: "stage", name: stage.name });
  const edge = useDrop(element, { kind: "stage", name: stage.name }, ["left", "right"]);
  return (
    <div
      ref={setElement}
      role="columnheader"
      aria-colindex={stage.start + 2}
      aria-colspan={stage.span}
      tabIndex={active ? 0 : -1}
      data-spot={`${STAGES}|${stage.start}`}
      data-dragged={dragged || undefined}
      data-edge={edge ?? undefined}
      className={classes.stage}
      style={{ left: LANE + stage.start * COLUMN, width: stage.span * COLUMN }}
    >
      <div className={classes.stageInner} style={{ left: LANE }}>
        <span className={classes.number} aria-hidden="true">
          {stage.index + 1}
        </span>
        {editing ? (
          <NameField
            on={{ stage: stage.name }}
            label={t("editor.stage_name")}
            onRename={(to) => actions.rename({ stage: stage.name }, to)}
          />
        ) : (
          <span className={classes.stageName} dir="auto" title={stage.name}>
            <bdi>{stage.name}</bdi>
          </span>
        )}
        <CommentMark threads={threads} spot={spot} inline />
        {notes > 0 && <ProofMark proof={proof} notes={notes} spot={spot} short />}
        <HeadButtons
          label={t("editor.menu_of", { name: stage.name })}
          onMenu={(at) => onMenu(STAGES, stage.start, at)}
          addLabel={t("editor.stage_after", { name: stage.name })}
          onAdd={() => actions.addStage(stage.name)}
        />
      </div>
    </div>
  );
});

interface ButtonsProps {
  label: string;
  onMenu: (element: HTMLElement) => void;
  addLabel: string;
  onAdd: () => void;
}

function HeadButtons({ label, onMenu, addLabel, onAdd }: ButtonsProps) {
  return (
    <span className={classes.headButtons}>
      <UnstyledButton
        tabIndex={-1}
        aria-label={addLabel}
        title={addLabel}
        onClick={onAdd}
        className={classes.headButton}
      >
        <PlusIcon size={13} />
      </UnstyledButton>
      <UnstyledButton
        tabIndex={-1}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        onClick={(event) => onMenu(event.currentTarget)}
        className={classes.headButton}
      >
        <DotsIcon size={14} />
      </UnstyledButton>
    </span>
  );
}

function Marks({ name, column }: { name: string; column: number }) {
  const { t } = useWords();
  const star = isYes(useValue({ touchpoint: name }, "moment_of_truth"));
  const opens = useValue({ touchpoint: name }, "opens");
  const goal = useMap((state) => goalOf(state.document).includes(name));
  const { proof, notes } = useProof({ touchpoint: name }, "");
  const threads = useThreads({ touchpoint: name }, "");
  const spot = { row: TOUCHPOINTS, column };
  if (!star && !goal && !opens && !notes && !threads) return null;
  return (
    <span className={classes.marks}>
      {star && (
        <span className={classes.star}>
          <StarIcon size={12} /> {t("map.moment_of_truth")}
        </span>
      )}
      {goal && (
        <span className={classes.goal}>
          <FlagIcon size={12} /> {t("map.goal")}
        </span>
      )}
      {opens && (
        <span className={classes.goal}>
          <InsideIcon size={12} /> {t("editor.has_map")}
        </span>
      )}
      <CommentMark threads={threads} spot={spot} inline />
      {notes > 0 && <ProofMark proof={proof} notes={notes} spot={spot} short />}
    </span>
  );
}

export const TouchpointHead = memo(function TouchpointHead({
  column,
  actions,
  onMenu,
}: HeadProps & { column: GridColumn }) {
  const { t } = useWords();
  const [element, setElement] = useState<HTMLElement | null>(null);
  const name = column.touchpoint;
  const active = useActive(TOUCHPOINTS, column.index);
  const editing = useEditing(TOUCHPOINTS, column.index);
  const dragged = useDrag(
    editing ? null : element,
    name === null ? null : { kind: "touchpoint", name, stage: column.stage },
  );
  const edge = useDrop(
    element,
    { kind: "touchpoint", name, stage: column.stage },
    name === null ? [] : ["left", "right"],
  );
  return (
    <div
      ref={setElement}
      role="columnheader"
      aria-colindex={column.index + 2}
      tabIndex={active ? 0 : -1}
      data-spot={`${TOUCHPOINTS}|${column.index}`}
      data-first={column.firstOfStage || undefined}
      data-dragged={dragged || undefined}
      data-edge={edge ?? undefined}
      className={classes.touchpoint}
      style={{ left: LANE + column.index * COLUMN, width: COLUMN }}
    >
      {name === null ? (
        <UnstyledButton
          tabIndex={-1}
          className={classes.addHere}
          onClick={() => actions.addTouchpoint(column.stage, null)}
        >
          <PlusIcon size={13} /> {t("editor.add_touchpoint")}
        </UnstyledButton>
      ) : (
        <>
          {editing ? (
            <NameField
              on={{ touchpoint: name }}
              label={t("editor.touchpoint_name")}
              onRename={(to) => actions.rename({ touchpoint: name }, to)}
            />
          ) : (
            <span className={classes.touchpointName} dir="auto" title={name}>
              <bdi>{name}</bdi>
            </span>
          )}
          <Marks name={name} column={column.index} />
          <HeadButtons
            label={t("editor.menu_of", { name })}
            onMenu={(at) => onMenu(TOUCHPOINTS, column.index, at)}
            addLabel={t("editor.touchpoint_after", { name })}
            onAdd={() => actions.addTouchpoint(column.stage, name)}
          />
        </>
      )}
    </div>
  );
});
