import { UnstyledButton } from "@mantine/core";
import { LEAST_ZOOM, MOST_ZOOM } from "../data/view";
import { useWords } from "../i18n";
import classes from "./tools.module.css";

const ZOOMS = [LEAST_ZOOM, 0.33, 0.4, 0.5, 0.6, 0.75, 0.9, 1, 1.15, 1.3, 1.5, MOST_ZOOM];

export const zoomStep = (zoom: number, by: 1 | -1): number =>
  (by === 1
    ? ZOOMS.find((step) => step > zoom + 0.01)
    : [...ZOOMS].reverse().find((step) => step < zoom - 0.01)) ?? zoom;

interface ZoomControlProps {
  zoom: number;
  /** At which the whole map is as wide as the window. */
  fit: number;
  onZoom: (zoom: number) => void;
}

export function ZoomControl({ zoom, fit, onZoom }: ZoomControlProps) {
  const { t, language } = useWords();
  const percent = new Intl.NumberFormat(language, { style: "percent" }).format(zoom);
  return (
    <span className={classes.zoom}>
      <UnstyledButton
        onClick={() => onZoom(zoomStep(zoom, -1))}
        aria-label={t("map.zoom_out")}
        title={t("map.zoom_out")}
      >
        <span aria-hidden="true">−</span>
      </UnstyledButton>
      <UnstyledButton
        onClick={() => onZoom(zoom === 1 ? fit : 1)}
        aria-label={`${percent} ${t("map.zoom_fit")}`}
        title={t("map.zoom_fit")}
        className="number"
      >
        {percent}
      </UnstyledButton>
      <UnstyledButton
        onClick={() => onZoom(zoomStep(zoom, 1))}
        aria-label={t("map.zoom_in")}
        title={t("map.zoom_in")}
      >
        <span aria-hidden="true">+</span>
      </UnstyledButton>
    </span>
  );
}
