import { Alert, Button, Checkbox, Group, Modal, Radio, SegmentedControl, Stack, Text } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { type FormEvent, useEffect, useRef } from "react";
import { isFiltered } from "../../data/address";
import type { Filters } from "../../data/queries";
import { useWords } from "../../i18n";
import {
  type Choice,
  FIRST_CHOICE,
  FORMATS,
  isDrawn,
  PAPERS,
  readChoice,
  type Shown,
  take,
  tellsFindings,
} from "./ask";
import { Failed } from "./Failed";
import classes from "./takeaway.module.css";
import { useTaking } from "./useTaking";

interface DialogProps {
  filters: Filters;
  shown: Shown;
  found: boolean;
  onClose: () => void;
}

/** Which file, how large, and with what on it. */
export default function TakeAwayDialog({ filters, shown, found, onClose }: DialogProps) {
  const { t, language } = useWords();
  const [choice, setChoice] = useLocalStorage<Choice>({
    key: "tropa.takeaway",
    defaultValue: FIRST_CHOICE,
    getInitialValueInEffect: false,
    deserialize: readChoice,
  });
  const { busy, error, taken, start, stop } = useTaking((signal) =>
    take({ choice, filters, shown, language, signal }),
  );
  const set = (patch: Partial<Choice>) => setChoice((now) => ({ ...now, ...patch }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void start();
  };
  const status = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On a phone the answer would stand below what is seen.
    if (taken || error) status.current?.scrollIntoView({ block: "nearest" });
  }, [taken, error]);
  const scenario = Boolean(filters.scenario?.length);
  return (
    <Modal.Root opened onClose={onClose} size="lg">
      <Modal.Overlay />
      <Modal.Content>
        {/* Not Modal.Header: within a dialog its element would be a second banner of the page. */}
        <div className={classes.head}>
          <Modal.Title>{t("takeaway.title")}</Modal.Title>
          <Modal.CloseButton aria-label={t("takeaway.close")} />
        </div>
        <Modal.Body>
          <form onSubmit={submit}>
            <Stack gap="md">
              <Radio.Group
                label={t("takeaway.format")}
                value={choice.format}
                onChange={(value) =>
                  set({ format: FORMATS.find((known) => known === value) ?? choice.format })
                }
              >
                <div className={classes.formats}>
                  {FORMATS.map((format) => (
                    <Radio.Card key={format} value={format} className={classes.format} disabled={busy}>
                      <Radio.Indicator />
                      <span>
                        <b>{t(`takeaway.name.${format}`)}</b>
                        <span className={classes.about}>{t(`takeaway.about.${format}`)}</span>
                      </span>
                    </Radio.Card>
                  ))}
                </div>
              </Radio.Group>
              {isDrawn(choice.format) && <PaperChoice choice={choice} set={set} busy={busy} />}
              {tellsFindings(choice.format) && (
                <Checkbox
                  checked={choice.findings && !scenario}
                  disabled={busy || scenario}
                  onChange={(event) => set({ findings: event.currentTarget.checked })}
                  label={t("takeaway.findings")}
                  classNames={{ description: classes.quiet }}
                  description={
                    scenario
                      ? t("takeaway.findings_scenario")
                      : found
                        ? undefined
                        : t("takeaway.findings_wait")
                  }
                />
              )}
              <Text size="xs" c="var(--ink-2)">
                {isFiltered(filters) ? t("takeaway.filtered") : t("takeaway.whole")}
              </Text>
              <div aria-live="polite" ref={status}>
                {error && <Failed error={error} />}
                {taken && (
                  <Alert color="trail" variant="light" title={t("takeaway.taken")} data-taken="">
                    <bdi className={classes.file}>{taken}</bdi>
                  </Alert>
                )}
                {busy && (
                  <Text size="sm" c="var(--ink-2)">
                    {t(choice.findings && !found && !scenario ? "takeaway.busy_findings" : "takeaway.busy")}
                  </Text>
                )}
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

interface PaperProps {
  choice: Choice;
  set: (patch: Partial<Choice>) => void;
  busy: boolean;
}

function PaperChoice({ choice, set, busy }: PaperProps) {
  const { t } = useWords();
  const pages = choice.format === "pdf";
  return (
    <div className={classes.paper}>
      <SegmentedControl
        aria-label={t("takeaway.paper")}
        disabled={busy}
        value={choice.paper}
        onChange={(paper) => set({ paper })}
        data={PAPERS.map((paper) => ({ value: paper, label: paper.toUpperCase() }))}
      />
      <SegmentedControl
        aria-label={t("takeaway.orientation")}
        disabled={busy}
        value={choice.orientation}
        onChange={(orientation) => set({ orientation })}
        data={[
          { value: "landscape", label: t("takeaway.landscape") },
          { value: "portrait", label: t("takeaway.portrait") },
        ]}
      />
      {pages && (
        <SegmentedControl
          aria-label={t("takeaway.layout")}
          disabled={busy}
          value={choice.layout}
          onChange={(layout) => set({ layout })}
          data={[
            { value: "fit", label: t("takeaway.fit") },
            { value: "pages", label: t("takeaway.pages") },
          ]}
        />
      )}
      <Text size="xs" c="var(--ink-2)" className={classes.hint}>
        {t(pages && choice.layout === "pages" ? "takeaway.pages_about" : "takeaway.fit_about")}
      </Text>
    </div>
  );
}
