import { Button } from "@mantine/core";
import { useEffect, useMemo } from "react";
import type { Description } from "../api";
import { isFiltered } from "../data/address";
import { ErrorPanel } from "../data/ErrorPanel";
import { ServiceError } from "../data/errors";
import { type Finding, type Findings, useFindings } from "../data/findings";
import { NOTHING_CHOSEN, useFindingsAddress, withSearch } from "../data/findingsAddress";
import { facetsOf, isListed, lowersScores, narrow } from "../data/findingsModel";
import { useWorkspace } from "../data/queries";
import { isSettled, suggestLanguage, useWords } from "../i18n";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import { FoundList } from "../views/findings/FoundList";
import classes from "../views/findings/findings.module.css";
import { Clean, Notes, Nothing } from "../views/findings/Judged";
import { LowersScores } from "../views/findings/LowersScores";
import { Overall } from "../views/findings/Overall";
import { Undecided } from "../views/findings/Undecided";
import { Waiting } from "../views/findings/Waiting";
import { useNames } from "../views/findings/words";
import { TakeReport } from "../views/takeaway/TakeReport";
import { EmptyPanel } from "./EmptyPanel";
import { FilterBar } from "./FilterBar";
import { FindingsFilters } from "./FindingsFilters";
import { Header } from "./Header";
import pageClasses from "./page.module.css";

type AddressOfFindings = ReturnType<typeof useFindingsAddress>;

function Body({
  findings,
  stale,
  address,
}: {
  findings: Findings;
  stale: boolean;
  address: AddressOfFindings;
}) {
  const { t } = useWords();
  const { choice, choose } = address;
  const { name } = useNames();
  const wrong = useMemo(() => findings.findings.filter(isListed), [findings]);
  const undecided = findings.findings.some((finding) => finding.kind === "undetermined");
  const facets = useMemo(() => facetsOf(wrong), [wrong]);
  const shown = useMemo(() => narrow(wrong, choice, name), [wrong, choice, name]);
  const lowering = useMemo(
    () => narrow(lowersScores(findings.findings), choice, name),
    [findings, choice, name],
  );
  const chooseStage = (stage: string) =>
    choose({
      stage: choice.stage.includes(stage) ? choice.stage.filter((other) => other !== stage) : [stage],
    });
  const toFinding = (finding: Finding) =>
    withSearch(`/findings/${encodeURIComponent(finding.id)}`, address.carried);
  return (
    <div className={classes.body} data-stale={stale}>
      {findings.warnings.length > 0 && (
        <ul className={pageClasses.warnings}>
          {findings.warnings.map((warning) => (
            <li key={warning} dir="auto">
              {warning}
            </li>
          ))}
        </ul>
      )}
      {(wrong.length > 0 || findings.tested > 0) && (
        <Overall findings={findings} chosen={choice.stage} onChoose={chooseStage} />
      )}
      {wrong.length === 0 ? (
        !undecided && <Nothing findings={findings} />
      ) : (
        <>
          <h2 className="visually-hidden">{t("findings.title")}</h2>
          <FindingsFilters
            facets={facets}
            choice={choice}
            choose={choose}
            all={wrong.length}
            kept={shown.length}
          />
          {shown.length ? (
            <FoundList key={JSON.stringify(choice)} findings={findings} shown={shown} address={address} />
          ) : (
            <section className={classes.nothing} data-nothing="filtered">
              <h2>{t("findings.none_kept")}</h2>
              <Button onClick={() => choose({ ...NOTHING_CHOSEN, all: choice.all })}>
                {t("findings.clear_choice")}
              </Button>
            </section>
          )}
        </>
      )}
      <LowersScores findings={findings} found={lowering} from={address.from} to={toFinding} />
      <Undecided findings={findings} alone={wrong.length === 0} from={address.from} to={toFinding} />
      <Clean findings={findings} address={address} />
      <Notes findings={findings} />
    </div>
  );
}

interface AskedProps {
  workspace: Description;
  address: AddressOfFindings;
  asked: ReturnType<typeof useFindings>;
}

function Asked({ workspace, address, asked }: AskedProps) {
  const { filters, change, clear } = address;
  const error = asked.isFetching && !asked.isError ? null : asked.error;
  const kept = error
    ? error instanceof ServiceError && error.kind === "no_data"
      ? 0
      : undefined
    : asked.data?.journeys;
  return (
    <>
      <FilterBar
        workspace={workspace}
        address={address.address}
        change={change}
        clear={clear}
        kept={kept}
        busy={asked.isFetching}
      >
        <TakeReport filters={filters} found={Boolean(asked.data && !asked.isPlaceholderData)} />
      </FilterBar>
      {error ? (
        <ErrorPanel
          error={error}
          onRetry={() => void asked.refetch()}
          onClear={isFiltered(filters) ? clear : undefined}
        />
      ) : asked.data ? (
        <ErrorBoundary fallback={(fault, again) => <ErrorPanel error={fault} onRetry={again} />}>
          <Body findings={asked.data} stale={asked.isPlaceholderData} address={address} />
        </ErrorBoundary>
      ) : (
        <Waiting />
      )}
    </>
  );
}

/** What is wrong in the journey, what costs most first. */
export default function FindingsPage() {
  const { t, language } = useWords();
  const address = useFindingsAddress();
  const workspace = useWorkspace();
  const info = workspace.data;
  const asked = useFindings(address.filters, language, Boolean(info?.has_data && isSettled(info.language)));

  useEffect(() => {
    if (info) suggestLanguage(info.language);
  }, [info]);
  useEffect(() => {
    const title = info?.map_name ?? info?.name;
    document.title = [t("findings.title"), title, t("app.name")].filter(Boolean).join(" – ");
  }, [info, t]);

  return (
    <div className={`${pageClasses.page} ${pageClasses.flow}`}>
      <a className="skip-link" href="#main">
        {t("findings.skip")}
      </a>
      <Header workspace={info} found={asked.data?.findings.filter(isListed).length} />
      <main className={pageClasses.main} id="main" tabIndex={-1}>
        {workspace.error ? (
          <ErrorPanel error={workspace.error} onRetry={() => void workspace.refetch()} />
        ) : info && !info.has_data ? (
          <EmptyPanel workspace={info.name} onReload={() => void workspace.refetch()} />
        ) : info ? (
          <Asked workspace={info} address={address} asked={asked} />
        ) : (
          <Waiting />
        )}
      </main>
    </div>
  );
}
