import { useCallback } from "react";
import type { Finding } from "../../data/findings";
import { useWords } from "../../i18n";
import { writeEvidence } from "../findings/evidence";

/** What divides those who met the obstacle from those who did not, as people say it; null where nothing does. */
export function useThreshold(): (finding: Finding) => string | null {
  const { t, language } = useWords();
  return useCallback(
    (finding) =>
      finding.threshold === null
        ? null
        : writeEvidence(finding.threshold, finding.threshold_unit ?? "", t, language),
    [t, language],
  );
}
