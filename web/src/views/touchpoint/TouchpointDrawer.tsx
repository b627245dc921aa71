import { Drawer, Skeleton } from "@mantine/core";
import { useMemo, useRef } from "react";
import type { LivingMap, Touchpoint } from "../../api";
import { ErrorPanel } from "../../data/ErrorPanel";
import type { Finding } from "../../data/findings";
import { type Filters, useTouchpoint } from "../../data/queries";
import { count } from "../../draw";
import { useWords } from "../../i18n";
import { buildModel, type Column, type MapModel } from "../../map/model";
import { FlagIcon, StarIcon } from "../../ui/icons";
import { AuthorNotes } from "./AuthorNotes";
import { Examples } from "./Examples";
import { FindingsHere } from "./FindingsHere";
import { Neighbours } from "./Neighbours";
import { Numbers } from "./Numbers";
import { Promises } from "./Promises";
import { Quotes } from "./Quotes";
import { Section } from "./Section";
import { Trend } from "./Trend";
import classes from "./touchpoint.module.css";

function Told({
  data,
  column,
  filters,
  onOpen,
}: {
  data: Touchpoint;
  column: Column | undefined;
  filters: Filters;
  onOpen: (name: string) => void;
}) {
  const { t, language } = useWords();
  return (
    <>
      <Section
        title={t("drawer.trend")}
        note={t(data.resolution === "month" ? "drawer.trend_month" : "drawer.trend_week")}
      >
        <Trend trend={data.trend} />
      </Section>
      <Neighbours data={data} onOpen={onOpen} />
      <Section
        title={t("drawer.voice")}
        note={
          data.quotes_total > data.quotes.length
            ? t("drawer.voice_n", {
                shown: count(data.quotes.length, language),
                total: count(data.quotes_total, language),
              })
            : undefined
        }
      >
        <Quotes quotes={data.quotes} />
      </Section>
      {data.examples.length > 0 && (
        <Section title={t("drawer.examples")}>
          <Examples examples={data.examples} here={data.touchpoint} filters={filters} />
        </Section>
      )}
      {column && <AuthorNotes column={column} />}
    </>
  );
}

interface BodyProps {
  name: string;
  column: Column | undefined;
  filters: Filters;
  found: readonly Finding[];
  onOpen: (name: string) => void;
}

function Body({ name, column, filters, found, onOpen }: BodyProps) {
  const { t } = useWords();
  const asked = useTouchpoint(name, filters);
  return (
    <>
      <FindingsHere found={found} />
      {column?.row && (
        <Section title={t("drawer.numbers")}>
          <Numbers row={column.row} filters={filters} />
        </Section>
      )}
      {Boolean(column?.row?.expectations.length) && (
        <Section title={t("drawer.promises")}>
          <Promises checks={column?.row?.expectations ?? []} />
        </Section>
      )}
      {asked.isPending && (
        <div className={classes.section} aria-busy="true">
          <Skeleton height={160} radius="md" mb="md" />
          <Skeleton height={90} radius="md" />
        </div>
      )}
      {asked.error && <ErrorPanel error={asked.error} onRetry={() => void asked.refetch()} />}
      {asked.data && <Told data={asked.data} column={column} filters={filters} onOpen={onOpen} />}
    </>
  );
}

function Title({
  column,
  stage,
  name,
}: {
  column: Column | undefined;
  stage: string | null | undefined;
  name: string;
}) {
  const { t } = useWords();
  return (
    <span className={classes.title}>
      {stage && (
        <span className={classes.stage} dir="auto">
          {stage}
        </span>
      )}
      <span className={classes.name} dir="auto">
        {name}
      </span>
      <span className={classes.marks}>
        {column?.row?.moment_of_truth && (
          <span className={classes.moment}>
            <StarIcon /> {t("map.moment_of_truth")}
          </span>
        )}
        {column?.row?.goal && (
          <span className={classes.goal}>
            <FlagIcon /> {t("map.goal")}
          </span>
        )}
      </span>
    </span>
  );
}

interface TouchpointDrawerProps {
  name: string | null;
  answer: LivingMap;
  filters: Filters;
  /** What is wrong here, once it is known. */
  found: readonly Finding[];
  onClose: () => void;
  onOpen: (name: string) => void;
}

function find(model: MapModel, name: string) {
  const column = model.columns.find((candidate) => candidate.name === name);
  return { column, stage: column && model.stages[column.stage]?.name };
}

/** Everything about one touchpoint, beside the map; the address bar knows that it is open. */
export default function TouchpointDrawer({
  name,
  answer,
  filters,
  found,
  onClose,
  onOpen,
}: TouchpointDrawerProps) {
  const { t } = useWords();
  const model = useMemo(() => buildModel(answer), [answer]);
  const last = useRef<string>("");
  if (name) last.current = name;
  const shown = last.current;
  const { column, stage } = find(model, shown);
  return (
    <Drawer.Root
      opened={name !== null}
      onClose={onClose}
      position="right"
      size={580}
      returnFocus
      classNames={{ content: classes.drawer }}
    >
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content>
        <div className={classes.header}>
          <Drawer.Title className={classes.titleBox}>
            <Title column={column} stage={stage} name={shown} />
          </Drawer.Title>
          <Drawer.CloseButton aria-label={t("drawer.close")} />
        </div>
        <Drawer.Body className={classes.body}>
          {name !== null && (
            <Body key={name} name={name} column={column} filters={filters} found={found} onOpen={onOpen} />
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
