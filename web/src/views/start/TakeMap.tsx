import { Button, FileButton, SegmentedControl } from "@mantine/core";
import { Link, useNavigate } from "react-router";
import type { Description, TemplateSummary } from "../../api";
import { ErrorPanel } from "../../data/ErrorPanel";
import type { ServiceError } from "../../data/errors";
import { useMay } from "../../data/session";
import { count, share } from "../../draw";
import { useWords } from "../../i18n";
import { Wrong } from "./FileCard";
import { Match } from "./Match";
import { type Taken, useMatching, useProposal, useTakeMap, useTemplate, useTemplates } from "./queries";
import { SmallMap } from "./SmallMap";
import classes from "./start.module.css";
import { Waiting } from "./Waiting";

export interface Choice {
  way: "propose" | "ready";
  slug: string | null;
  laying: boolean;
}

interface Props {
  workspace: Description;
  choice: Choice;
  choose: (choice: Partial<Choice>) => void;
}

type Take = ReturnType<typeof useTaking>;

function useTaking() {
  const navigate = useNavigate();
  const taking = useTakeMap();
  return {
    busy: taking.isPending,
    error: taking.error as ServiceError | null,
    take: (taken: Taken) => taking.mutate(taken, { onSuccess: () => void navigate("/") }),
  };
}

function Card({ template, onOpen }: { template: TemplateSummary; onOpen: () => void }) {
  const { t, language } = useWords();
  return (
    <li>
      <button type="button" className={classes.card} onClick={onOpen}>
        <h2>{template.name}</h2>
        <p>{template.about}</p>
        <span className={classes.cardNote}>
          {[
            t("start.gallery.stages", {
              count: template.stages.length,
              n: count(template.stages.length, language),
            }),
            t("start.gallery.touchpoints", {
              count: template.touchpoints,
              n: count(template.touchpoints, language),
            }),
            t("start.gallery.promises", { count: template.promises, n: count(template.promises, language) }),
          ].join(" · ")}
        </span>
      </button>
    </li>
  );
}

/** Ready maps to choose from. */
export function Gallery({ onOpen }: { onOpen: (slug: string) => void }) {
  const { t, language } = useWords();
  const templates = useTemplates(language);
  if (templates.error) return <ErrorPanel error={templates.error} onRetry={() => void templates.refetch()} />;
  return (
    <ul className={classes.gallery} aria-label={t("start.gallery.title")} aria-busy={templates.isPending}>
      {templates.data?.map((template) => (
        <Card key={template.slug} template={template} onOpen={() => onOpen(template.slug)} />
      ))}
    </ul>
  );
}

function Laying({ slug, taking }: { slug: string; taking: Take }) {
  const { t, language } = useWords();
  const matching = useMatching(slug, language, true);
  if (matching.error) return <ErrorPanel error={matching.error} onRetry={() => void matching.refetch()} />;
  if (!matching.data) return <Waiting text={t("start.match.guessing")} />;
  return (
    <Match
      key={language}
      laid={matching.data}
      busy={taking.busy}
      onTake={(bound, goals) => taking.take({ template: { slug, language, bound, goals } })}
    />
  );
}

function Ready({ workspace, choice, choose }: Props) {
  const { t, language } = useWords();
  const taking = useTaking();
  const mayEdit = useMay("edit");
  const mayMatch = useMay("read") && workspace.has_data;
  const template = useTemplate(choice.slug, language);
  if (!choice.slug) return <Gallery onOpen={(slug) => choose({ slug })} />;
  if (template.error) return <ErrorPanel error={template.error} onRetry={() => void template.refetch()} />;
  if (!template.data) return null;
  const { document, name, about, slug } = template.data;
  return (
    <div className={classes.template} data-template={slug}>
      <Button variant="subtle" size="xs" onClick={() => choose({ slug: null, laying: false })}>
        {t("start.gallery.back")}
      </Button>
      <h2 dir="auto">{name}</h2>
      <p>{about}</p>
      {taking.error && <Wrong error={taking.error} />}
      {choice.laying ? (
        <Laying slug={slug} taking={taking} />
      ) : (
        <>
          {mayEdit ? (
            <div className={classes.next}>
              {mayMatch && <Button onClick={() => choose({ laying: true })}>{t("start.gallery.lay")}</Button>}
              <Button
                variant={mayMatch ? "default" : "filled"}
                loading={taking.busy}
                onClick={() => taking.take({ document })}
              >
                {t(mayMatch ? "start.gallery.take_as_is" : "start.gallery.take")}
              </Button>
            </div>
          ) : (
            <p className={classes.note}>{t("start.no_edit")}</p>
          )}
          <SmallMap document={document} />
        </>
      )}
    </div>
  );
}

function Proposed() {
  const { t, language } = useWords();
  const taking = useTaking();
  const mayEdit = useMay("edit");
  const proposed = useProposal(true);
  if (proposed.error) return <ErrorPanel error={proposed.error} onRetry={() => void proposed.refetch()} />;
  if (!proposed.data) return <Waiting text={t("start.propose.drawing")} />;
  const { document, goal, goal_journeys, journeys, left } = proposed.data;
  return (
    <div className={classes.template} data-proposal="">
      <h2>{t("start.propose.title")}</h2>
      <p>{t("start.propose.about")}</p>
      <p className={classes.note}>
        {t("start.propose.goal", { goal, share: share(goal_journeys / Math.max(1, journeys), language) })}
        {left.length > 0 && ` ${t("start.propose.left", { n: count(left.length, language) })}`}
      </p>
      {taking.error && <Wrong error={taking.error} />}
      {mayEdit ? (
        <Button loading={taking.busy} onClick={() => taking.take({ document })}>
          {t("start.propose.take")}
        </Button>
      ) : (
        <p className={classes.note}>{t("start.no_edit")}</p>
      )}
      <SmallMap document={document} brief />
    </div>
  );
}

/** A map: proposed from the data, a ready one, or the person's own file. */
export function TakeMap(props: Props) {
  const { t } = useWords();
  const { workspace, choice, choose } = props;
  const taking = useTaking();
  const mayEdit = useMay("edit");
  return (
    <div className={classes.block}>
      {workspace.has_map && (
        <p className={classes.has} dir="auto">
          {t("start.map.has", { name: workspace.map_name ?? "" })} <Link to="/">{t("start.next.map")}</Link>
        </p>
      )}
      <div className={classes.ways}>
        <SegmentedControl
          aria-label={t("start.ways.title")}
          value={choice.way}
          onChange={(way) => choose({ way: way as Choice["way"], slug: null, laying: false })}
          data={[
            { value: "propose", label: t("start.ways.propose"), disabled: !workspace.has_data },
            { value: "ready", label: t("start.ways.ready") },
          ]}
        />
        {mayEdit && (
          <FileButton
            accept=".yaml,.yml,.json"
            onChange={(file) => file && void file.text().then((yaml) => taking.take({ yaml }))}
          >
            {(button) => (
              <Button {...button} variant="default" size="sm" loading={taking.busy}>
                {t("start.ways.file")}
              </Button>
            )}
          </FileButton>
        )}
      </div>
      {taking.error && <Wrong error={taking.error} />}
      {choice.way === "propose" && workspace.has_data ? <Proposed /> : <Ready {...props} />}
    </div>
  );
}
