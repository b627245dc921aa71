import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { lazy, Suspense } from "react";
import type { Filters } from "../../data/queries";
import { useWords } from "../../i18n";

const ReportDialog = lazy(() => import("./ReportDialog"));

interface TakeReportProps {
  filters: Filters;
  found: boolean;
}

/** Takes away the report on what is shown. */
export function TakeReport(props: TakeReportProps) {
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
        {t("takeaway.report.open")}
      </Button>
      <Suspense fallback={null}>{opened && <ReportDialog {...props} onClose={close} />}</Suspense>
    </>
  );
}
