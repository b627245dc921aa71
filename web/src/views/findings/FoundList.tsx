import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import type { Finding, Findings } from "../../data/findings";
import { type useFindingsAddress, withSearch } from "../../data/findingsAddress";
import { isQuiet } from "../../data/findingsModel";
import { count, effectDomain } from "../../draw";
import { useWords } from "../../i18n";
import { FindingRow } from "./FindingRow";
import classes from "./findings.module.css";

/** More rows at once are slow to draw and not read anyway. */
const PORTION = 40;

/** What is wrong, a row a finding, in portions. */
export function FoundList({
  findings,
  shown,
  address,
}: {
  findings: Findings;
  shown: Finding[];
  address: ReturnType<typeof useFindingsAddress>;
}) {
  const { t, language } = useWords();
  const [portion, setPortion] = useState(PORTION);
  const scale = useMemo(
    () => ({
      margin: findings.margin,
      months: findings.months,
      domain: effectDomain(
        findings.findings.filter((finding) => !isQuiet(finding)).map((finding) => finding.on_goal),
        findings.margin,
      ),
    }),
    [findings],
  );
  const more = shown.length - portion;
  return (
    <>
      {shown.some((finding) => finding.on_goal) && (
        <p className={classes.listKey}>{t("findings.list_key")}</p>
      )}
      <ol className={classes.list} aria-label={t("findings.list")}>
        {shown.slice(0, portion).map((finding) => (
          <FindingRow
            key={finding.id}
            finding={finding}
            scale={scale}
            from={address.from}
            to={withSearch(`/findings/${encodeURIComponent(finding.id)}`, address.carried)}
          />
        ))}
      </ol>
      {more > 0 && (
        <Button variant="default" className={classes.showMore} onClick={() => setPortion(portion + PORTION)}>
          {t("findings.show_more", {
            n: count(Math.min(more, PORTION), language),
            all: count(more, language),
          })}
        </Button>
      )}
    </>
  );
}
