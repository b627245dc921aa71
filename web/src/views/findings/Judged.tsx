/** How far the search reached: what was tested and found harmless, and what stood in its way. */

import { Button } from "@mantine/core";
import { useMemo } from "react";
import type { Findings } from "../../data/findings";
import { type useFindingsAddress, withSearch } from "../../data/findingsAddress";
import { useLivingMap } from "../../data/queries";
import { count } from "../../draw";
import { useWords } from "../../i18n";
import { touchpointsOf } from "../../map/document";
import classes from "./findings.module.css";
import { Tested } from "./Tested";

/** Nothing found: either nothing is wrong, or nothing could be judged; what is suspected still is told by `Undecided`. */
export function Nothing({ findings }: { findings: Findings }) {
  const { t, language } = useWords();
  const judged = findings.tested > 0;
  return (
    <section className={classes.nothing} data-nothing={judged ? "clean" : "unknown"}>
      <h2>{t(judged ? "findings.nothing_wrong" : "findings.too_little")}</h2>
      <p>
        {judged
          ? t("findings.nothing_wrong_about", {
              tested: count(findings.tested, language),
              clean: count(findings.clean, language),
            })
          : t("findings.too_little_about")}
      </p>
    </section>
  );
}

/** What was tested and found harmless, shown when asked for. */
export function Clean({
  findings,
  address,
}: {
  findings: Findings;
  address: ReturnType<typeof useFindingsAddress>;
}) {
  const { t, language } = useWords();
  const { choice, choose, carried } = address;
  const map = useLivingMap(address.filters, choice.all);
  const order = useMemo(() => (map.data ? touchpointsOf(map.data.map) : []), [map.data]);
  if (findings.tested === 0) return null;
  return (
    <section className={classes.section}>
      <h2>{t("findings.tested_title")}</h2>
      <p className={classes.lead}>
        {t("findings.tested_about", {
          tested: count(findings.tested, language),
          clean: count(findings.clean, language),
        })}
      </p>
      <Button
        variant="default"
        size="xs"
        aria-expanded={choice.all}
        onClick={() => choose({ all: !choice.all }, true)}
      >
        {t(choice.all ? "findings.hide_tested" : "findings.show_tested")}
      </Button>
      {choice.all && (
        <Tested
          found={findings.findings}
          from={address.from}
          order={order}
          to={(finding) => withSearch(`/findings/${encodeURIComponent(finding.id)}`, carried)}
        />
      )}
    </section>
  );
}

/** What the service says of the data as a whole. */
export function Notes({ findings }: { findings: Findings }) {
  const { t } = useWords();
  if (!findings.notes.length) return null;
  return (
    <section className={classes.section}>
      <h2>{t("findings.notes")}</h2>
      <ul className={classes.notes}>
        {findings.notes.map((note) => (
          <li key={note} dir="auto">
            {note}
          </li>
        ))}
      </ul>
    </section>
  );
}
