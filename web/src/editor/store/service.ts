/** What the editor asks of the service. The real one speaks HTTP; the tests bring one of their own. */

import type { Change, Conflict, MapDocument } from "../model/types";

export interface Loaded {
  version: number;
  document: MapDocument;
}

export interface Answered extends Loaded {
  conflicts: Conflict[];
}

/** Changes that go together. The same batch sent again is applied once, and answered as the first time. */
export interface Batch {
  batch: string;
  base: number;
  changes: readonly Change[];
  /** Batches of this tab that were accepted after `base`: they are not the work of others. */
  mine: readonly string[];
}

export interface MapService {
  /** The map as it is now; null where nothing is newer than `since`. */
  load(id: string, since: number | null): Promise<Loaded | null>;
  /** Changes made to the map as it was at `base`; all that can be made are made, as one version. */
  send(id: string, sent: Batch): Promise<Answered>;
}
