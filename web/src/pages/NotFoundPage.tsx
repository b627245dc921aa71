import { Button } from "@mantine/core";
import { Link } from "react-router";
import { useWords } from "../i18n";
import classes from "../ui/ui.module.css";

export function NotFoundPage() {
  const { t } = useWords();
  return (
    <main className={classes.panel}>
      <h1>{t("error.page")}</h1>
      <Button component={Link} to="/">
        {t("error.home")}
      </Button>
    </main>
  );
}
