import { Skeleton } from "@mantine/core";
import { useWords } from "../i18n";
import { Logo } from "./icons";
import classes from "./ui.module.css";

const HEIGHTS = [38, 132, 132, 132];

/** The shape of what is about to come, inside a page. */
export function Opening({ label }: { label?: string }) {
  const { t } = useWords();
  return (
    <div className={classes.opening} aria-busy="true">
      <p className="visually-hidden" role="status">
        {label ?? t("app.opening")}
      </p>
      {HEIGHTS.map((height, place) => (
        <Skeleton key={place} height={height} width={place ? "100%" : "40%"} radius="lg" aria-hidden="true" />
      ))}
    </div>
  );
}

/** A whole page while its code or who asks is not known yet: the same head as the first picture of index.html. */
export function OpeningPage() {
  const { t } = useWords();
  return (
    <>
      <div className={classes.openingHead}>
        <Logo /> {t("app.name")}
      </div>
      <main>
        <Opening />
      </main>
    </>
  );
}
