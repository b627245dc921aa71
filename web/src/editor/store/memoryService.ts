/** A service in memory, for tests: the same rules as the real one, other people, and a network that can be lost. */

import { ServiceError } from "../../data/errors";
import { applyAll } from "../model/apply";
import type { Change, MapDocument } from "../model/types";
import type { Answered, Batch, MapService } from "./service";

export class MemoryService implements MapService {
  version = 1;
  down = false;
  /** What it says to every change instead of taking it. */
  fault: ServiceError | null = null;
  /** Whether its answers are lost on the way. */
  deaf = false;
  answers = new Map<string, Answered>();
  sent: Change[][] = [];
  refuse: ((change: Change) => string | null) | null = null;

  constructor(public document: MapDocument) {}

  /** Another person changes the map. */
  other(...changes: Change[]): void {
    this.document = applyAll(this.document, changes).document;
    this.version += 1;
  }

  async load(_id: string, since: number | null) {
    if (this.down) throw new ServiceError("network", "");
    return since === this.version ? null : { version: this.version, document: this.document };
  }

  async send(_id: string, { batch, changes }: Batch) {
    if (this.down) throw new ServiceError("network", "");
    if (this.fault) throw this.fault;
    for (const change of changes) {
      const why = this.refuse?.(change);
      if (why) throw new ServiceError("map", why);
    }
    const before = this.answers.get(batch);
    if (before) return before;
    this.sent.push([...changes]);
    const { document, conflicts } = applyAll(this.document, changes);
    if (document !== this.document) this.version += 1;
    this.document = document;
    const answer = { version: this.version, document, conflicts };
    this.answers.set(batch, answer);
    // It was done, and nobody heard of it.
    if (this.deaf) throw new ServiceError("network", "");
    return answer;
  }
}
