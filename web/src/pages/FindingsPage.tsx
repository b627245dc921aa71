import { Button } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import type { Description } from "../api";
import { isFiltered } from "../data/address";
import { ErrorPanel } from "../data/ErrorPanel";
import { ServiceError } from "../data/errors";
import { type Finding, type Findings, useFindings } from "../data/findings";
import { NOTHING_CHOSEN, useFindingsAddress, withSearch } from "../data/findingsAddress";
import { facetsOf, isListed, isQuiet, narrow } from "../data/findingsModel";
import { useLivingMap, useWorkspace } from "../data/queries";
import { count, effectDomain } from "../draw";
import { isSettled, suggestLanguage, useWords } from "../i18n";
import { touchpointsOf } from "../map/document";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import { FindingRow } from "../views/findings/FindingRow";
import classes from "../views/findings/findings.module.css";
import { Overall } from "../views/findings/Overall";
import { Tested } from "../views/findings/Tested";
import { Undecided } from "../views/findings/Undecided";
import { Waiting } from "../views/findings/Waiting";
import { useNames } from "../views/findings/words";
import { TakeReport } from "../views/takeaway/TakeReport";
import { EmptyPanel } from "./EmptyPanel";
import { FilterBar } from "./FilterBar";
import { FindingsFilters } from "./FindingsFilters";
import { Header } from "./Header";
import pageClasses from "./page.module.css";

/** More rows at once are slow to draw and not read anyway. */
const PORTION = 40;

type AddressOfFindings = ReturnType<typeof useFindingsAddress>;

function List({
  findings,
  shown,
  address,
}: {
  findings: Findings;
  shown: Finding[];
  address: AddressOfFindings;
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

/** Nothing found: either nothing is wrong, or nothing could be judged; what is suspected still is told by `Undecided`. */
function Nothing({ findings }: { findings: Findings }) {
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

function Clean({ findings, address }: { findings: Findings; address: AddressOfFindings }) {
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

function Notes({ findings }: { findings: Findings }) {
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
  const chooseStage = (stage: string) =>
    choose({
      stage: choice.stage.includes(stage) ? choice.stage.filter((other) => other !== stage) : [stage],
    });
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
            <List key={JSON.stringify(choice)} findings={findings} shown={shown} address={address} />
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
      <Undecided
        findings={findings}
        alone={wrong.length === 0}
        from={address.from}
        to={(finding) => withSearch(`/findings/${encodeURIComponent(finding.id)}`, address.carried)}
      />
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
