import { Skeleton, UnstyledButton } from "@mantine/core";
import type { JourneyRef } from "../../api";
import type { Finding } from "../../data/findings";
import { useJourney } from "../../data/findings";
import type { Filters } from "../../data/queries";
import { useWords } from "../../i18n";
import { JourneyOfCustomer } from "../journey/JourneyDrawer";
import { LifeFacts, Ribbon } from "../journey/Lived";
import classes from "./finding.module.css";
import { Section } from "./Section";

const SHOWN = 3;

interface ExampleProps {
  example: JourneyRef;
  here: string | null;
  filters: Filters;
  onOpen: (example: JourneyRef) => void;
}

function Example({ example, here, filters, onOpen }: ExampleProps) {
  const { t } = useWords();
  const asked = useJourney(example.customer_id, example.case_id, filters);
  const life = asked.data?.journeys[0];
  return (
    <li>
      <UnstyledButton className={classes.example} onClick={() => onOpen(example)} aria-haspopup="dialog">
        <span className={classes.exampleHead}>
          <b>
            <bdi>{t("drawer.customer", { id: example.customer_id })}</bdi>
          </b>
          {example.case_id && <bdi className={classes.more}>{t("drawer.case", { id: example.case_id })}</bdi>}
          <span className={classes.open}>{t("finding.open_journey")}</span>
        </span>
        {asked.isPending && <Skeleton height={56} radius="md" />}
        {asked.error && <span className={classes.more}>{t("finding.no_journey")}</span>}
        {life && (
          <>
            <LifeFacts life={life} />
            <Ribbon life={life} here={here} />
          </>
        )}
      </UnstyledButton>
    </li>
  );
}

/** Three real journeys; of a single case, the journey itself. */
export function ExampleJourneys({
  finding,
  filters,
  onOpen,
}: {
  finding: Finding;
  filters: Filters;
  onOpen: (example: JourneyRef) => void;
}) {
  const { t } = useWords();
  if (finding.kind === "single_case" && finding.customer_id)
    return (
      <Section title={t("finding.journey_of", { customer: finding.customer_id })} name="examples">
        <JourneyOfCustomer
          customer={finding.customer_id}
          caseId={finding.case_id}
          filters={filters}
          here={finding.touchpoint}
        />
      </Section>
    );
  if (!finding.examples.length) return null;
  return (
    <Section title={t("drawer.examples")} name="examples">
      <ul className={classes.examples}>
        {finding.examples.slice(0, SHOWN).map((example) => (
          <Example
            key={`${example.customer_id} ${example.case_id}`}
            example={example}
            here={finding.touchpoint}
            filters={filters}
            onOpen={onOpen}
          />
        ))}
      </ul>
    </Section>
  );
}
