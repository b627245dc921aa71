import { Progress, Skeleton } from "@mantine/core";
import { useEffect, useState } from "react";
import { useFindingsProgress } from "../../data/findings";
import { useFindingsAddress } from "../../data/findingsAddress";
import { duration } from "../../draw";
import { useWords } from "../../i18n";
import classes from "./findings.module.css";

const ROWS = [1, 2, 3, 4, 5];
const TICK_MS = 1000;

/** The list's own shape while it is worked out, with what is being done and how long it has taken so far. */
export function Waiting() {
  const { t, language } = useWords();
  const { filters } = useFindingsAddress();
  const progress = useFindingsProgress(filters, language).data;
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const began = Date.now();
    const timer = setInterval(() => setSeconds(Math.round((Date.now() - began) / TICK_MS)), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className={classes.waiting} aria-busy="true" data-loading="">
      <p role="status">
        <b>{t("findings.waiting")}</b> {t("findings.waiting_about")}
      </p>
      {seconds >= 2 && (
        <p className={classes.more} aria-hidden="true">
          {progress?.doing && `${progress.doing} · `}
          <span className="number">
            {t("findings.waiting_so_far", { time: duration(seconds, language) })}
          </span>
        </p>
      )}
      {typeof progress?.share === "number" && (
        <Progress
          value={progress.share * 100}
          mb={16}
          maw={560}
          transitionDuration={TICK_MS}
          aria-label={t("findings.waiting")}
        />
      )}
      <div aria-hidden="true">
        <Skeleton height={112} radius="lg" mb={16} />
        {ROWS.map((row) => (
          <Skeleton key={row} height={104} radius="lg" mb={10} />
        ))}
      </div>
    </div>
  );
}
