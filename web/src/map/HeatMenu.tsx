import { Button, Checkbox, Popover, Radio } from "@mantine/core";
import { SCALES, type Scale, type View } from "../data/view";
import { useWords } from "../i18n";
import { METRICS } from "./heat";
import scales from "./scales.module.css";
import classes from "./tools.module.css";
import { useAsked } from "./useAsked";
import type { ChangeView } from "./useLaneActions";

function Sample({ scale }: { scale: Scale }) {
  return (
    <span className={`${scales.scaled} ${classes.sample}`} data-scale={scale} aria-hidden="true">
      {["side-bad-2", "side-bad-1", "side-even", "side-good-1", "side-good-2"].map((name) => (
        <i key={name} style={{ background: `var(--${name})` }} />
      ))}
      {[1, 2, 3, 4].map((step) => (
        <i key={step} style={{ background: `var(--harm-${step})` }} />
      ))}
    </span>
  );
}

interface HeatMenuProps {
  view: View;
  onView: ChangeView;
  /** Metrics that say something on this map. */
  offered: readonly string[];
}

/** Which metrics the heat map shows, and in which colours. */
export function HeatMenu({ view: told, onView: tell, offered }: HeatMenuProps) {
  const { t } = useWords();
  const [view, onView] = useAsked(told, tell);
  return (
    <Popover width={270} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          className={classes.tool}
          data-active={view.heat.length > 0 || undefined}
        >
          {t("living.heat")}
          {view.heat.length > 0 && <span className={classes.counter}>{view.heat.length}</span>}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.panel} aria-label={t("living.heat")}>
        <Checkbox.Group
          label={t("living.heat_metrics")}
          value={view.heat}
          onChange={(heat) => onView({ heat: METRICS.filter((metric) => heat.includes(metric)) })}
        >
          {METRICS.filter((metric) => offered.includes(metric)).map((metric) => (
            <Checkbox
              key={metric}
              size="xs"
              value={metric}
              label={t(`living.metric.${metric}`)}
              className={classes.choice}
            />
          ))}
        </Checkbox.Group>
        <Radio.Group
          label={t("living.scale_title")}
          value={view.scale}
          onChange={(scale) => onView({ scale: scale as Scale })}
          mt="sm"
        >
          {SCALES.map((scale) => (
            <Radio
              key={scale}
              size="xs"
              value={scale}
              className={classes.choice}
              label={
                <span className={classes.scaleLabel}>
                  {t(`living.scale.${scale}`)} <Sample scale={scale} />
                </span>
              }
            />
          ))}
        </Radio.Group>
      </Popover.Dropdown>
    </Popover>
  );
}
