import { ActionIcon, Button, Checkbox, Popover } from "@mantine/core";
import type { View } from "../data/view";
import { useWords } from "../i18n";
import { stepped } from "./arrange";
import { useLaneTitle } from "./laneTitle";
import type { MapModel } from "./model";
import { hiddenLanes, orderedLanes } from "./shown";
import classes from "./tools.module.css";
import { useAsked } from "./useAsked";
import type { ChangeView } from "./useLaneActions";

interface LanePanelProps {
  model: MapModel;
  view: View;
  onView: ChangeView;
}

/** All lanes of the map: which are shown, and in which order. */
export function LanePanel({ model, view: told, onView: tell }: LanePanelProps) {
  const { t } = useWords();
  const [view, onView] = useAsked(told, tell);
  const titleOf = useLaneTitle();
  const lanes = orderedLanes(model, view);
  const hidden = hiddenLanes(model, view);
  const order = lanes.map((lane) => lane.id);
  const touched = view.order !== null || view.hidden !== null || view.folded.length > 0;
  const toggle = (id: string) =>
    onView({ hidden: hidden.includes(id) ? hidden.filter((other) => other !== id) : [...hidden, id] });
  const step = (id: string, by: -1 | 1) => onView({ order: stepped(order, order, id, by) });
  return (
    <Popover width={340} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" size="xs" className={classes.tool} data-active={touched || undefined}>
          {t("living.lanes")}
          {hidden.length > 0 && (
            <span className={`number ${classes.counter}`}>
              {lanes.length - hidden.length}/{lanes.length}
            </span>
          )}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.panel} aria-label={t("living.lanes")}>
        <ol className={classes.laneList}>
          {lanes.map((lane, i) => {
            const title = titleOf(lane);
            return (
              <li key={lane.id} data-hidden={hidden.includes(lane.id) || undefined}>
                <Checkbox
                  size="xs"
                  checked={!hidden.includes(lane.id)}
                  onChange={() => toggle(lane.id)}
                  label={<bdi className={classes.laneName}>{title}</bdi>}
                />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  disabled={i === 0}
                  onClick={() => step(lane.id, -1)}
                  aria-label={t("living.lane.up_of", { lane: title })}
                >
                  ↑
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  disabled={i === lanes.length - 1}
                  onClick={() => step(lane.id, 1)}
                  aria-label={t("living.lane.down_of", { lane: title })}
                >
                  ↓
                </ActionIcon>
              </li>
            );
          })}
        </ol>
        <div className={classes.panelActions}>
          <Button size="compact-xs" variant="default" onClick={() => onView({ hidden: [] })}>
            {t("living.lane.show_all")}
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => onView({ folded: view.folded.length ? [] : order })}
          >
            {t(view.folded.length ? "living.lane.unfold_all" : "living.lane.fold_all")}
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            disabled={!touched}
            onClick={() => onView({ order: null, hidden: null, folded: [] })}
          >
            {t("living.lane.reset")}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
