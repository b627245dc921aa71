import { changeNote } from "../../api";
import { answer } from "../../data/queries";
import type { NoteGiven } from "../api";

/** Only what was changed is sent: what is hidden from somebody is not written over. `seen` is when it last changed. */
export const rewriteNote = (fields: Partial<NoteGiven>, id: string, seen: string | undefined) =>
  answer(changeNote({ path: { note_id: id }, body: { ...fields, changed_at: seen } as never }));
