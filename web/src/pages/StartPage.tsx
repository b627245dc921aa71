import { useEffect } from "react";
import { Link, useSearchParams } from "react-router";
import type { Description } from "../api";
import { ErrorPanel } from "../data/ErrorPanel";
import { useWorkspace } from "../data/queries";
import { useMay } from "../data/session";
import { count } from "../draw";
import { suggestLanguage, useWords } from "../i18n";
import { TickIcon } from "../ui/icons";
import { Opening } from "../ui/Opening";
import { Bring } from "../views/start/Bring";
import { SettingsForm } from "../views/start/SettingsForm";
import classes from "../views/start/start.module.css";
import { type Choice, TakeMap } from "../views/start/TakeMap";
import { Header } from "./Header";
import pageClasses from "./page.module.css";

type Step = "data" | "map" | "settings";

/** Where one is stands in the address, so that going back leads to where one was. */
function useStep(workspace: Description | undefined) {
  const [search, setSearch] = useSearchParams();
  const asked = search.get("step");
  const step: Step = asked === "map" || asked === "settings" ? asked : "data";
  const way = search.get("way") ?? (workspace?.has_data ? "propose" : "ready");
  const slug = search.get("map");
  const choice: Choice = {
    way: way === "propose" && workspace?.has_data ? "propose" : "ready",
    slug,
    laying: slug !== null && search.has("lay"),
  };
  const choose = (change: Partial<Choice>) => {
    const next = { ...choice, ...change };
    const params = new URLSearchParams({ step: "map", way: next.way });
    if (next.slug) params.set("map", next.slug);
    if (next.slug && next.laying) params.set("lay", "1");
    setSearch(params);
  };
  return { step, choice, choose };
}

interface StepLinkProps {
  to: string;
  number: string;
  title: string;
  about: string;
  current: boolean;
  done: boolean;
}

function StepLink({ to, number, title, about, current, done }: StepLinkProps) {
  const { t } = useWords();
  return (
    <li>
      <Link
        to={to}
        className={classes.step}
        aria-current={current ? "step" : undefined}
        data-done={done || undefined}
      >
        <span className={classes.stepNumber} aria-hidden="true">
          {done ? <TickIcon /> : number}
        </span>
        <span>
          <b>{title}</b>
          <span className={classes.stepAbout} dir="auto">
            {about}
          </span>
        </span>
        {done && <span className="visually-hidden">{t("start.steps.done")}</span>}
      </Link>
    </li>
  );
}

function Steps({ workspace, step }: { workspace: Description; step: Step }) {
  const { t, language } = useWords();
  return (
    <nav aria-label={t("start.steps.title")}>
      <ol className={classes.steps}>
        <StepLink
          to="/start"
          number="1"
          title={t("start.steps.data")}
          about={
            workspace.has_data
              ? t("start.steps.events", { count: workspace.events, n: count(workspace.events, language) })
              : t("start.steps.data_about")
          }
          current={step === "data"}
          done={workspace.has_data}
        />
        <StepLink
          to="/start?step=map"
          number="2"
          title={t("start.steps.map")}
          about={workspace.map_name ?? t("start.steps.map_about")}
          current={step === "map"}
          done={workspace.has_map}
        />
        <StepLink
          to={workspace.has_data ? "/findings" : "/start"}
          number="3"
          title={t("start.steps.findings")}
          about={t("start.steps.findings_about")}
          current={false}
          done={false}
        />
        <StepLink
          to="/start?step=settings"
          number="⚙"
          title={t("start.steps.settings")}
          about={workspace.currency || t("start.steps.settings_about")}
          current={step === "settings"}
          done={false}
        />
      </ol>
    </nav>
  );
}

/** From a file to the first finding: data, a map, and the settings that a new person needs. */
export default function StartPage() {
  const { t } = useWords();
  const workspace = useWorkspace();
  const info = workspace.data;
  const { step, choice, choose } = useStep(info);
  const mayRead = useMay("read");
  useEffect(() => {
    if (info) suggestLanguage(info.language);
  }, [info]);
  useEffect(() => {
    document.title = `${t("start.title")} – ${t("app.name")}`;
  }, [t]);
  return (
    <div className={`${pageClasses.page} ${pageClasses.flow}`}>
      <a className="skip-link" href="#main">
        {t("app.skip")}
      </a>
      <Header workspace={info} />
      <main className={classes.start} id="main" tabIndex={-1}>
        {workspace.error ? (
          <ErrorPanel error={workspace.error} onRetry={() => void workspace.refetch()} />
        ) : info && mayRead ? (
          <>
            <Steps workspace={info} step={step} />
            {step === "data" && (
              <Bring onNext={(way) => choose({ way: way === "propose" ? "propose" : "ready", slug: null })} />
            )}
            {step === "map" && <TakeMap workspace={info} choice={choice} choose={choose} />}
            {step === "settings" && (
              <div className={classes.block}>
                <SettingsForm />
              </div>
            )}
          </>
        ) : (
          <Opening label={t("start.loading")} />
        )}
      </main>
    </div>
  );
}
