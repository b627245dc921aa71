/** What the editor asks of the service. The real one speaks HTTP; the tests bring one of their own. */

import type { Change, Conflict, MapDocument } from "../model/types";

export interface Loaded {
  version: number;
  document: MapDocument;
}

export interface Answered extends Loaded {
  conflicts: Conflict[];
}

export interface MapService {
  /** The map as it is now; null where nothing is newer than `since`. */
  load(id: string, since: number | null): Promise<Loaded | null>;
  /** Changes made to the map as it was at `base`; all that can be made are made, as one version. */
  send(id: string, base: number, changes: readonly Change[]): Promise<Answered>;
}
