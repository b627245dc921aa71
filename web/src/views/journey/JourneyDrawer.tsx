import { Drawer, Skeleton } from "@mantine/core";
import { useRef } from "react";
import { ErrorPanel } from "../../data/ErrorPanel";
import { useJourney } from "../../data/findings";
import type { Filters } from "../../data/queries";
import { useWords } from "../../i18n";
import classes from "./journey.module.css";
import { Lived } from "./Lived";

interface JourneyOf {
  customer: string;
  caseId: string | null;
}

interface JourneyProps extends JourneyOf {
  filters: Filters;
  here: string | null;
}

/** All journeys of one customer, or the one that is a case of theirs. */
export function JourneyOfCustomer({ customer, caseId, filters, here }: JourneyProps) {
  const asked = useJourney(customer, caseId, filters);
  if (asked.isPending)
    return (
      <div aria-busy="true">
        <Skeleton height={26} radius="md" mb="md" />
        <Skeleton height={320} radius="md" />
      </div>
    );
  if (asked.error) return <ErrorPanel error={asked.error} onRetry={() => void asked.refetch()} />;
  return asked.data.journeys.map((life) => (
    <Lived key={`${life.case_id}${life.begins}`} life={life} here={here} />
  ));
}

interface JourneyDrawerProps {
  open: JourneyOf | null;
  filters: Filters;
  here: string | null;
  onClose: () => void;
}

/** One customer's journey beside the finding; the address bar knows that it is open. */
export function JourneyDrawer({ open, filters, here, onClose }: JourneyDrawerProps) {
  const { t } = useWords();
  const last = useRef<JourneyOf>({ customer: "", caseId: null });
  if (open) last.current = open;
  const { customer, caseId } = last.current;
  return (
    <Drawer.Root
      opened={open !== null}
      onClose={onClose}
      position="right"
      size={580}
      returnFocus
      classNames={{ content: classes.drawer }}
    >
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content>
        <div className={classes.header}>
          <Drawer.Title className={classes.title}>
            <span className={classes.more}>{t("journey.title")}</span>
            <bdi>{t("drawer.customer", { id: customer })}</bdi>
          </Drawer.Title>
          <Drawer.CloseButton aria-label={t("drawer.close")} />
        </div>
        <Drawer.Body className={classes.drawerBody}>
          {open && (
            <JourneyOfCustomer
              key={`${customer} ${caseId}`}
              customer={customer}
              caseId={caseId}
              filters={filters}
              here={here}
            />
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
