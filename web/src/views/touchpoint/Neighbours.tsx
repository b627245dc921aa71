import { UnstyledButton } from "@mantine/core";
import type { Before, Touchpoint } from "../../api";
import { count, share } from "../../draw";
import { useWords } from "../../i18n";
import { Section } from "./Section";
import classes from "./touchpoint.module.css";

function Bars({ items, onOpen }: { items: readonly Before[]; onOpen?: (name: string) => void }) {
  const { language } = useWords();
  const most = Math.max(1, ...items.map((item) => item.journeys));
  return (
    <ul className={classes.bars}>
      {items.map((item) => (
        <li key={item.touchpoint}>
          <span className={classes.barLine}>
            {onOpen ? (
              <UnstyledButton className={classes.barLink} onClick={() => onOpen(item.touchpoint)} dir="auto">
                {item.touchpoint}
              </UnstyledButton>
            ) : (
              <bdi>{item.touchpoint}</bdi>
            )}
            <span className={`number ${classes.more}`}>
              {count(item.journeys, language)} · {share(item.share, language)}
            </span>
          </span>
          <span className={classes.bar} aria-hidden="true">
            <span style={{ width: `${(100 * item.journeys) / most}%` }} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Where journeys come from, where they go next, by which channels they came here. */
export function Neighbours({ data, onOpen }: { data: Touchpoint; onOpen: (name: string) => void }) {
  const { t } = useWords();
  return (
    <div className={classes.columns}>
      {data.comes_from.length > 0 && (
        <Section title={t("drawer.comes_from")}>
          <Bars items={data.comes_from} onOpen={onOpen} />
        </Section>
      )}
      {data.goes_to.length > 0 && (
        <Section title={t("drawer.goes_to")}>
          <Bars items={data.goes_to} onOpen={onOpen} />
        </Section>
      )}
      {data.channels.length > 0 && (
        <Section title={t("drawer.channels")}>
          <Bars items={data.channels} />
        </Section>
      )}
    </div>
  );
}
