import { Alert, Button, Group, Modal, Progress, Radio, Stack, Text } from "@mantine/core";
import { type FormEvent, useEffect, useState } from "react";
import { isFiltered } from "../../data/address";
import type { Filters } from "../../data/queries";
import { duration } from "../../draw";
import { useWords } from "../../i18n";
import { REPORTS, type ReportFormat, takeReport } from "./ask";
import { Failed } from "./Failed";
import classes from "./takeaway.module.css";
import { useTaking } from "./useTaking";

const SECOND_MS = 1000;

/** Nobody knows how far it is: that it goes on, and for how long it has, is told. */
function Going({ found }: { found: boolean }) {
  const { t, language } = useWords();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((now) => now + 1), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      <Progress value={100} striped animated aria-label={t("takeaway.report.busy")} />
      <Text size="sm" mt={6}>
        {t(found ? "takeaway.report.busy" : "takeaway.report.busy_findings")}{" "}
        <span className="number" aria-hidden="true">
          {seconds > 1 && duration(seconds, language)}
        </span>
      </Text>
    </>
  );
}

interface DialogProps {
  filters: Filters;
  /** Whether the findings of these filters are known already. */
  found: boolean;
  onClose: () => void;
}

/** The report: one document for those who decide. */
export default function ReportDialog({ filters, found, onClose }: DialogProps) {
  const { t, language } = useWords();
  const [format, setFormat] = useState<ReportFormat>("pdf");
  const { busy, error, taken, start, stop } = useTaking((signal) =>
    takeReport(format, filters, language, signal),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void start();
  };
  return (
    <Modal.Root opened onClose={onClose} size="lg">
      <Modal.Overlay />
      <Modal.Content>
        {/* Not Modal.Header: within a dialog its element would be a second banner of the page. */}
        <div className={classes.head}>
          <Modal.Title>{t("takeaway.report.title")}</Modal.Title>
          <Modal.CloseButton aria-label={t("takeaway.close")} />
        </div>
        <Modal.Body>
          <form onSubmit={submit}>
            <Stack gap="md">
              <Text size="sm">{t("takeaway.report.about")}</Text>
              <Radio.Group
                label={t("takeaway.format")}
                value={format}
                onChange={(value) => setFormat(REPORTS.find((known) => known === value) ?? format)}
              >
                <div className={classes.formats}>
                  {REPORTS.map((known) => (
                    <Radio.Card key={known} value={known} className={classes.format} disabled={busy}>
                      <Radio.Indicator />
                      <span>
                        <b>{t(`takeaway.name.${known}`)}</b>
                        <span className={classes.about}>{t(`takeaway.report.${known}`)}</span>
                      </span>
                    </Radio.Card>
                  ))}
                </div>
              </Radio.Group>
              <Text size="xs" c="var(--ink-2)">
                {t(isFiltered(filters) ? "takeaway.report.filtered" : "takeaway.report.whole")}
              </Text>
              <div aria-live="polite">
                {error && <Failed error={error} />}
                {taken && (
                  <Alert color="trail" variant="light" title={t("takeaway.taken")} data-taken="">
                    <bdi className={classes.file}>{taken}</bdi>
                  </Alert>
                )}
                {busy && <Going found={found} />}
              </div>
              <Group justify="flex-end">
                <Button variant="default" onClick={busy ? stop : onClose}>
                  {t(busy ? "takeaway.stop" : "takeaway.close")}
                </Button>
                <Button type="submit" loading={busy} data-take="">
                  {t("takeaway.take")}
                </Button>
              </Group>
            </Stack>
          </form>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
