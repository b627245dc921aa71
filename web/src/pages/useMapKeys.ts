import { useEffect, useRef } from "react";
import type { View } from "../data/view";
import type { ChangeView } from "../map/useLaneActions";
import { zoomStep } from "../map/ZoomControl";

interface MapKeys {
  view: View;
  onView: ChangeView;
  fit: number;
  onSearch: () => void;
  onHelp: () => void;
}

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest("input, textarea, select, [role=dialog], [role=menu]") !== null);

/** Keys of the whole page; in a Russian layout the same keys write other signs, so places count too. */
function onKey(event: KeyboardEvent, { view, onView, fit, onSearch, onHelp }: MapKeys): boolean {
  const { key, code, shiftKey } = event;
  if (key === "?" || (code === "Slash" && shiftKey)) onHelp();
  else if (key === "/" || code === "Slash") onSearch();
  else if (key === "+" || key === "=") onView({ zoom: zoomStep(view.zoom, 1) });
  else if (key === "-" || key === "−") onView({ zoom: zoomStep(view.zoom, -1) });
  else if (key === "0") onView({ zoom: 1 });
  else if (code === "KeyW") onView({ zoom: fit });
  else return false;
  return true;
}

/** `/` looks for something, `?` tells the keys, + − 0 W and the wheel with Ctrl change the size of the map. */
export function useMapKeys(keys: MapKeys, enabled: boolean): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    if (!enabled) return undefined;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      if (onKey(event, latest.current)) event.preventDefault();
    };
    const wheel = (event: WheelEvent) => {
      const { view, onView } = latest.current;
      if (!event.ctrlKey || !(event.target as HTMLElement).closest("#map")) return;
      event.preventDefault();
      onView({ zoom: zoomStep(view.zoom, event.deltaY < 0 ? 1 : -1) });
    };
    window.addEventListener("keydown", press);
    window.addEventListener("wheel", wheel, { passive: false });
    return () => {
      window.removeEventListener("keydown", press);
      window.removeEventListener("wheel", wheel);
    };
  }, [enabled]);
}
