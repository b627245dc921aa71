import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";
import { maps } from "../api";
import { answer } from "../data/queries";
import { useMay } from "../data/session";
import { useWords } from "../i18n";
import tools from "../map/tools.module.css";

/** From the map that is looked at to the same map being edited. */
export function EditLink() {
  const { t } = useWords();
  const [search] = useSearchParams();
  const may = useMay("edit");
  const asked = search.get("map");
  const known = useQuery({ queryKey: ["maps"], queryFn: () => answer(maps()), enabled: may && !asked });
  const id = asked ?? known.data?.find((head) => head.live)?.id;
  if (!may) return null;
  return (
    <Button
      component={Link}
      to={id ? `/maps/${encodeURIComponent(id)}/edit` : "/maps"}
      size="xs"
      variant="default"
      className={tools.tool ?? ""}
    >
      {t("editor.edit")}
    </Button>
  );
}
