import { ActionIcon, SegmentedControl, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { Link, useLocation, useSearchParams } from "react-router";
import type { Description } from "../api";
import { filtersOf, withSearch } from "../data/findingsAddress";
import { useMay } from "../data/session";
import { count, type Language } from "../draw";
import { chooseLanguage, useWords } from "../i18n";
import { useTimes } from "../i18n/times";
import { Logo, MoonIcon, PrintIcon, SunIcon } from "../ui/icons";
import { AccountMenu } from "../views/people/AccountMenu";
import classes from "./page.module.css";

function Switches() {
  const { t, language } = useWords();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  const other = scheme === "dark" ? "light" : "dark";
  return (
    <div className={classes.switches}>
      <SegmentedControl
        size="xs"
        aria-label={t("header.language")}
        value={language}
        onChange={(value) => chooseLanguage(value as Language)}
        data={[
          { value: "ru", label: "RU" },
          { value: "en", label: "EN" },
        ]}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t(other === "dark" ? "header.to_dark" : "header.to_light")}
        onClick={() => setColorScheme(other)}
      >
        {other === "dark" ? <MoonIcon /> : <SunIcon />}
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        className={classes.printButton}
        aria-label={t("header.print")}
        onClick={() => window.print()}
      >
        <PrintIcon />
      </ActionIcon>
      <AccountMenu />
    </div>
  );
}

/** Between the pages; which journeys are asked goes along. */
function Pages({ found }: { found: number | undefined }) {
  const { t, language } = useWords();
  const { pathname } = useLocation();
  const [search] = useSearchParams();
  const { carried } = filtersOf(search);
  // What would be refused is not offered.
  const [mayExplore, mayBring] = [useMay("analyse"), useMay("edit")];
  const inFindings = pathname.startsWith("/findings");
  return (
    <nav className={classes.pages} aria-label={t("header.pages")}>
      <Link to={withSearch("/", carried)} aria-current={pathname === "/" ? "page" : undefined}>
        {t("header.map")}
      </Link>
      <Link to="/maps" aria-current={pathname.startsWith("/maps") ? "page" : undefined}>
        {t("editor.maps")}
      </Link>
      <Link
        to={withSearch("/findings", carried)}
        aria-current={pathname === "/findings" ? "page" : inFindings || undefined}
      >
        {t("header.findings")}
        {found !== undefined && (
          <span className={`number ${classes.pagesCount}`} data-none={found === 0 || undefined}>
            {count(found, language)}
          </span>
        )}
      </Link>
      {mayExplore && (
        <Link
          to={withSearch("/explore/paths", carried)}
          aria-current={pathname.startsWith("/explore") ? "page" : undefined}
        >
          {t("explore.nav")}
        </Link>
      )}
      {mayBring && (
        <Link to="/start" aria-current={pathname === "/start" ? "page" : undefined}>
          {t("start.nav")}
        </Link>
      )}
    </nav>
  );
}

interface HeaderProps {
  workspace: Description | undefined;
  /** How many findings there are, once they are known. */
  found?: number | undefined;
}

/** Whose map, over which period, how fresh. */
export function Header({ workspace, found }: HeaderProps) {
  const { t } = useWords();
  const { day, moment, zone } = useTimes();
  const title = workspace ? (workspace.map_name ?? workspace.name) : t("app.name");
  return (
    <header className={classes.header}>
      <Logo />
      <div className={classes.titles}>
        <h1 className={classes.title} dir="auto" title={title}>
          {title}
        </h1>
        {workspace && (
          <p className={classes.subtitle}>
            {title !== workspace.name && <bdi className={classes.company}>{workspace.name}</bdi>}
            {workspace.first_event && (
              <span className="number">
                {t("header.data_from_to", {
                  from: day(workspace.first_event),
                  to: day(workspace.last_event),
                })}
              </span>
            )}
            {workspace.loaded_at && (
              <span className={`number ${classes.loaded}`}>
                {t("header.loaded", { when: moment(workspace.loaded_at) })}
              </span>
            )}
            {workspace.has_data && <span>{t("header.zone", { zone })}</span>}
          </p>
        )}
      </div>
      {workspace && <Pages found={found} />}
      <Switches />
    </header>
  );
}
