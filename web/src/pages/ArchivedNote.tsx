import { Alert, Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { unarchiveMap } from "../api";
import { useMaps } from "../data/maps";
import { answer } from "../data/queries";
import { useSaidShort } from "../data/said";
import { useMay } from "../data/session";
import { useWords } from "../i18n";

/** Whether a map was put away; until the list of maps is there, it was not. */
export const useArchived = (id: string | undefined): boolean =>
  useMaps(id !== undefined).data?.find((map) => map.id === id)?.archived_at != null;

/** Said over a map that was put away: whoever may change maps can take it back. */
export function ArchivedNote({ id }: { id: string | undefined }) {
  const { t } = useWords();
  const client = useQueryClient();
  const mayEdit = useMay("edit");
  const archived = useArchived(id);
  const say = useSaidShort();
  const back = useMutation({
    mutationFn: (map_id: string) => answer(unarchiveMap({ path: { map_id } })),
    onSettled: () => client.invalidateQueries({ queryKey: ["maps"] }),
  });
  if (!archived || id === undefined) return null;
  return (
    <Alert color="gray" role="note" m="sm" data-archived="">
      {t(mayEdit ? "people.archived_map" : "people.archived_map_read")}{" "}
      {mayEdit && (
        <Button size="compact-sm" variant="default" loading={back.isPending} onClick={() => back.mutate(id)}>
          {t("people.take_out")}
        </Button>
      )}
      {back.error && <p role="alert">{say(back.error)}</p>}
    </Alert>
  );
}
