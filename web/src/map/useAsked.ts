import { useState } from "react";
import type { View } from "../data/view";
import type { ChangeView } from "./useLaneActions";

/**
 * The view as it was asked for just now. The address takes it in a transition: on a large map a tick would come back
 * until all is drawn.
 */
export function useAsked(told: View, onView: ChangeView): [View, ChangeView] {
  const [asked, ask] = useState({ instead: told, view: told });
  const view = asked.instead === told ? asked.view : told;
  return [
    view,
    (patch) => {
      ask({ instead: told, view: { ...view, ...patch } });
      onView(patch);
    },
  ];
}
