import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { lazy, Suspense } from "react";
import type { Filters } from "../../data/queries";
import { useWords } from "../../i18n";
import type { Shown } from "./ask";

const TakeAwayDialog = lazy(() => import("./TakeAwayDialog"));

interface TakeAwayProps {
  filters: Filters;
  shown: Shown;
  /** Whether the findings of these filters are known already. */
  found: boolean;
}

/** Takes the map away as a file, as it is on the screen. */
export function TakeAway(props: TakeAwayProps) {
  const { t } = useWords();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button
        variant="default"
        size="xs"
        onClick={open}
        aria-haspopup="dialog"
        style={{ fontWeight: 500, paddingInline: 10 }}
      >
        {t("takeaway.open")}
      </Button>
      <Suspense fallback={null}>{opened && <TakeAwayDialog {...props} onClose={close} />}</Suspense>
    </>
  );
}
