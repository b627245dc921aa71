import { SegmentedControl } from "@mantine/core";
import type { Language } from "../../draw";
import { chooseLanguage, useWords } from "../../i18n";
import classes from "./people.module.css";

/** Russian or English, for pages without the usual head. */
export function LanguageSwitch() {
  const { t, language } = useWords();
  return (
    <SegmentedControl
      size="xs"
      className={classes.noPrint ?? ""}
      aria-label={t("header.language")}
      value={language}
      onChange={(value) => chooseLanguage(value as Language)}
      data={[
        { value: "ru", label: "RU" },
        { value: "en", label: "EN" },
      ]}
    />
  );
}
