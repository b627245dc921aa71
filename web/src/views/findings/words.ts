import { useCallback } from "react";
import type { Finding } from "../../data/findings";
import { useWords } from "../../i18n";

/** How kinds and obstacles are called; what the page does not know is called as the service calls it. */
export function useNames() {
  const { t } = useWords();
  const kind = useCallback(
    (name: string) => t(`finding_kind.${name as "barrier"}`, { defaultValue: name }),
    [t],
  );
  const obstacle = useCallback(
    (name: string) => t(`obstacle.${name as "wait"}`, { defaultValue: name }),
    [t],
  );
  const name = useCallback(
    (finding: Finding) => [kind(finding.kind), finding.obstacle ? obstacle(finding.obstacle) : ""].join(" "),
    [kind, obstacle],
  );
  return { kind, obstacle, name };
}
