import type { ReactNode } from "react";
import { useWords } from "../../i18n";
import { Logo } from "../../ui/icons";
import { LanguageSwitch } from "./LanguageSwitch";
import classes from "./people.module.css";

/** A page for those who are not inside yet: one card and the language. */
export function Card({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  const { t } = useWords();
  return (
    <main className={classes.card} id="main">
      <div className={classes.brand}>
        <Logo />
        <span>{t("app.name")}</span>
        <LanguageSwitch />
      </div>
      <h1>{title}</h1>
      {text && <p dir="auto">{text}</p>}
      {children}
    </main>
  );
}
