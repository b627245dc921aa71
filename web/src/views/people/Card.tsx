import { SegmentedControl } from "@mantine/core";
import type { ReactNode } from "react";
import type { Language } from "../../draw";
import { chooseLanguage, useWords } from "../../i18n";
import { Logo } from "../../ui/icons";
import classes from "./people.module.css";

/** A page for those who are not inside yet: one card and the language. */
export function Card({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  const { t, language } = useWords();
  return (
    <main className={classes.card} id="main">
      <div className={classes.brand}>
        <Logo />
        <span>{t("app.name")}</span>
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
      </div>
      <h1>{title}</h1>
      {text && <p dir="auto">{text}</p>}
      {children}
    </main>
  );
}
