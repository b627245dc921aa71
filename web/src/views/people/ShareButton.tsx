import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useMay } from "../../data/session";
import { useWords } from "../../i18n";
import tools from "../../map/tools.module.css";
import classes from "./people.module.css";

const ShareDialog = lazy(() => import("./ShareDialog"));

/** For owners: make a link to this map. */
export function ShareButton({ map }: { map?: string | undefined }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  if (!useMay("own")) return null;
  return (
    <>
      <Button
        variant="default"
        size="xs"
        className={`${tools.tool} ${classes.noPrint}`}
        onClick={() => setOpen(true)}
      >
        {t("people.share")}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <ShareDialog map={map} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
