import { ActionIcon } from "@mantine/core";
import type { View } from "../data/view";
import { useWords } from "../i18n";
import { HeatMenu } from "../map/HeatMenu";
import { LanePanel } from "../map/LanePanel";
import type { MapModel } from "../map/model";
import tools from "../map/tools.module.css";
import type { ChangeView } from "../map/useLaneActions";
import { ViewsMenu } from "../map/ViewsMenu";
import { ZoomControl } from "../map/ZoomControl";

interface MapToolsProps {
  model: MapModel;
  view: View;
  onView: ChangeView;
  /** Metrics that say something on this map. */
  metrics: readonly string[];
  fit: number;
  onSearch: () => void;
  onHelp: () => void;
  children?: React.ReactNode;
}

/** What can be done with the map as a whole; all of it is in the address. */
export function MapTools({ model, view, onView, metrics, fit, onSearch, onHelp, children }: MapToolsProps) {
  const { t } = useWords();
  return (
    <div className={tools.bar} role="toolbar" aria-label={t("living.tools")}>
      <ActionIcon
        variant="default"
        size={30}
        onClick={onSearch}
        aria-label={t("living.search.title")}
        title={`${t("living.search.title")} ( / )`}
        aria-keyshortcuts="/"
      >
        <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="7" cy="7" r="4.500" fill="none" stroke="currentColor" strokeWidth="1.6" />
          <path d="m10.500 10.500 4 4" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
        </svg>
      </ActionIcon>
      <HeatMenu view={view} onView={onView} offered={metrics} />
      <LanePanel model={model} view={view} onView={onView} />
      {children}
      <ViewsMenu view={view} />
      <span className={tools.wideOnly}>
        <ZoomControl zoom={view.zoom} fit={fit} onZoom={(zoom) => onView({ zoom })} />
        <ActionIcon
          variant="default"
          size={30}
          onClick={onHelp}
          aria-label={t("living.keys.title")}
          title={`${t("living.keys.title")} ( ? )`}
          aria-keyshortcuts="?"
        >
          <span aria-hidden="true">?</span>
        </ActionIcon>
      </span>
    </div>
  );
}
