import { CloseButton, Pill, TextInput, UnstyledButton } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { type Choice, isChosen, NOTHING_CHOSEN } from "../data/findingsAddress";
import type { Facet, Facets } from "../data/findingsModel";
import { count } from "../draw";
import { useWords } from "../i18n";
import { KindIcon } from "../ui/KindMark";
import classes from "../views/findings/findings.module.css";
import { useNames } from "../views/findings/words";
import { PickMany } from "./PickMany";
import pageClasses from "./page.module.css";

interface FindingsFiltersProps {
  facets: Facets;
  choice: Choice;
  choose: (patch: Partial<Choice>, replace?: boolean) => void;
  all: number;
  kept: number;
}

const SEARCH_MS = 250;

function Search({ text, onText }: { text: string; onText: (text: string) => void }) {
  const { t } = useWords();
  const [typed, setTyped] = useState(text);
  const tell = useDebouncedCallback(onText, SEARCH_MS);
  useEffect(() => setTyped(text), [text]);
  const type = (now: string) => {
    setTyped(now);
    tell(now);
  };
  return (
    <TextInput
      size="xs"
      type="search"
      className={classes.search}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
      placeholder={t("findings.search")}
      aria-label={t("findings.search")}
      rightSection={
        typed ? (
          <CloseButton size="xs" aria-label={t("findings.search_clear")} onClick={() => type("")} />
        ) : undefined
      }
    />
  );
}

function KindChips({ facets, choice, choose }: Pick<FindingsFiltersProps, "facets" | "choice" | "choose">) {
  const { t, language } = useWords();
  const { kind: nameOf } = useNames();
  const toggle = (kind: string) =>
    choose({
      kind: choice.kind.includes(kind)
        ? choice.kind.filter((other) => other !== kind)
        : [...choice.kind, kind],
    });
  return (
    <fieldset className={classes.kinds}>
      <legend className="visually-hidden">{t("findings.kind")}</legend>
      {facets.kinds.map(({ value, count: n }) => (
        <UnstyledButton
          key={value}
          className={classes.kindChip}
          data-kind={value}
          aria-pressed={choice.kind.includes(value)}
          onClick={() => toggle(value)}
        >
          <KindIcon kind={value} size={13} />
          {nameOf(value)}
          <span className="number">{count(n, language)}</span>
        </UnstyledButton>
      ))}
    </fieldset>
  );
}

/** Which of the findings are shown: at once, without asking the service again. */
export function FindingsFilters({ facets, choice, choose, all, kept }: FindingsFiltersProps) {
  const { t, language } = useWords();
  const { obstacle } = useNames();
  const options = (list: readonly Facet[], name: (value: string) => string = (value) => value) => [
    {
      label: "",
      options: list.map(({ value, count: n }) => ({ value, label: name(value), note: count(n, language) })),
    },
  ];
  const segment = (value: string) => value.replace("=", ": ");
  const picks = [
    { key: "stage", label: t("map.stage"), groups: options(facets.stages), many: facets.stages.length },
    {
      key: "touchpoint",
      label: t("map.touchpoint"),
      groups: options(facets.touchpoints),
      many: facets.touchpoints.length,
    },
    {
      key: "obstacle",
      label: t("findings.obstacle"),
      groups: options(facets.obstacles, obstacle),
      many: facets.obstacles.length,
    },
    {
      key: "where",
      label: t("findings.where"),
      groups: options(facets.where, segment),
      many: facets.where.length,
    },
  ] as const;
  const names = { stage: String, touchpoint: String, obstacle, where: segment };
  return (
    <section className={classes.filters} aria-label={t("findings.filters")}>
      <KindChips facets={facets} choice={choice} choose={choose} />
      <div className={classes.picks}>
        {picks.map((pick) =>
          pick.many || choice[pick.key].length ? (
            <PickMany
              key={pick.key}
              label={pick.label}
              icon={null}
              groups={pick.groups}
              chosen={choice[pick.key]}
              onChange={(chosen) => choose({ [pick.key]: chosen })}
            />
          ) : null,
        )}
        <Search text={choice.text} onText={(text) => choose({ text }, true)} />
        {picks.flatMap((pick) =>
          choice[pick.key].map((value) => (
            <Pill
              key={`${pick.key} ${value}`}
              size="sm"
              className={pageClasses.pill}
              withRemoveButton
              onRemove={() => choose({ [pick.key]: choice[pick.key].filter((other) => other !== value) })}
              removeButtonProps={{
                "aria-label": t("filters.remove", { what: names[pick.key](value) }),
                "aria-hidden": false,
                tabIndex: 0,
              }}
            >
              <bdi>{names[pick.key](value)}</bdi>
            </Pill>
          )),
        )}
        {isChosen(choice) && (
          <UnstyledButton
            className={pageClasses.clear}
            onClick={() => choose({ ...NOTHING_CHOSEN, all: choice.all })}
          >
            {t("findings.clear_choice")}
          </UnstyledButton>
        )}
        <span className={`number ${pageClasses.kept}`} role="status" data-shown={kept}>
          {kept === all
            ? t("findings.all_shown", { n: count(all, language) })
            : t("findings.some_shown", { n: count(kept, language), all: count(all, language) })}
        </span>
      </div>
    </section>
  );
}
