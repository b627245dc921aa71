import { VisuallyHidden } from "@mantine/core";
import type { RefObject } from "react";
import type { Description, LivingMap as LivingMapAnswer } from "../api";
import type { Flags } from "../data/findingsModel";
import { useMay } from "../data/session";
import type { View } from "../data/view";
import { count, duration } from "../draw";
import { useWords } from "../i18n";
import { Benchmarks } from "../map/Benchmarks";
import { Legend } from "../map/Legend";
import { LivingMap, type MapHandle } from "../map/LivingMap";
import mapClasses from "../map/map.module.css";
import type { MapModel } from "../map/model";
import { PhoneMap } from "../map/PhoneMap";
import { PrintSheets, usePrinting } from "../map/PrintSheets";
import type { Return } from "../map/returns";
import type { ChangeView } from "../map/useLaneActions";
import { CopyCommand } from "../ui/CopyCommand";
import classes from "./page.module.css";

function Proposal({ model, workspace }: { model: MapModel; workspace: Description }) {
  const { t, language } = useWords();
  const folder = /^[\w./-]+$/.test(workspace.name) ? workspace.name : "WS";
  const mayEdit = useMay("edit");
  return (
    <section className={classes.proposal} data-no-map="">
      <div>
        <h2>{t("map.no_map_title")}</h2>
        <p>
          {model.hidden > 0 &&
            `${t("map.only_top", {
              shown: count(model.columns.length, language),
              all: count(model.columns.length + model.hidden, language),
            })} `}
          {t("map.no_map_text")}
        </p>
      </div>
      {mayEdit && <CopyCommand command={`tropa map ${folder} propose`} />}
    </section>
  );
}

interface MapBodyProps {
  answer: LivingMapAnswer;
  model: MapModel;
  workspace: Description;
  stale: boolean;
  narrow: boolean;
  view: View;
  onView: ChangeView;
  flags: Flags | undefined;
  returns: readonly Return[];
  onOpen: (touchpoint: string) => void;
  handle: RefObject<MapHandle | null>;
}

/** The map as the screen or the paper takes it. */
export function MapBody({ answer, model, workspace, stale, narrow, handle, ...shown }: MapBodyProps) {
  const { t, language } = useWords();
  const printing = usePrinting();
  const title = model.name ?? workspace.name;
  const { view, onView, flags, returns, onOpen } = shown;
  const props = { model, title, view, onView, flags, returns, onOpen };
  return (
    <>
      {answer.warnings.length > 0 && (
        <ul className={classes.warnings}>
          {answer.warnings.map((warning) => (
            <li key={warning} dir="auto">
              {warning}
            </li>
          ))}
        </ul>
      )}
      {!model.hasMap && <Proposal model={model} workspace={workspace} />}
      {narrow && !printing ? (
        <div data-stale={stale}>
          <PhoneMap model={model} view={view} flags={flags} returns={returns} onOpen={onOpen} />
          <Benchmarks document={answer.map} />
        </div>
      ) : (
        <div className={mapClasses.scroller} data-stale={stale} id="map" tabIndex={-1}>
          {printing ? <PrintSheets {...props} /> : <LivingMap {...props} handle={handle} />}
          <Benchmarks document={answer.map} />
          <Legend model={model} view={view} />
        </div>
      )}
      <VisuallyHidden>
        {t("map.seconds", {
          time: duration(answer.seconds, language),
          events: t("unit.events", { count: answer.events, shown: count(answer.events, language) }),
        })}
      </VisuallyHidden>
    </>
  );
}
