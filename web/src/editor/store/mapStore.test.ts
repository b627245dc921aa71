import { beforeEach, describe, expect, it, vi } from "vitest";
import { type ErrorKind, ServiceError } from "../../data/errors";
import type { Change, MapDocument } from "../model/types";
import { createMapStore } from "./mapStore";
import { MemoryService } from "./memoryService";
import { makeShelf } from "./shelf";

const START: MapDocument = {
  map: "Credit",
  goal: ["Money"],
  stages: [
    {
      stage: "Apply",
      touchpoints: [{ touchpoint: "Form", pains: [{ pain: "resets" }] }, { touchpoint: "Send" }],
    },
    { stage: "Get", touchpoints: [{ touchpoint: "Money" }] },
  ],
};

const set = (touchpoint: string, key: string, value: string | null, was: string | null): Change => ({
  op: "set",
  on: { touchpoint },
  path: [key],
  value,
  was,
});

class Storage_ {
  items = new Map<string, string>();
  get length() {
    return this.items.size;
  }
  key = (i: number) => [...this.items.keys()][i] ?? null;
  getItem = (key: string) => this.items.get(key) ?? null;
  setItem = (key: string, value: string) => void this.items.set(key, value);
  removeItem = (key: string) => void this.items.delete(key);
}

let storage: Storage_;
let service: MemoryService;

function open(person = "Anna") {
  const shelf = makeShelf("1", person, storage);
  const store = createMapStore({
    id: "1",
    service,
    shelf,
    loaded: { version: service.version, document: service.document },
    pause: 5,
  });
  return store;
}

const saved = (store: ReturnType<typeof open>) =>
  vi.waitFor(() => expect(store.getState()).toMatchObject({ sync: "saved", waiting: [] }));

beforeEach(() => {
  storage = new Storage_();
  service = new MemoryService(START);
});

describe("a map that is edited", () => {
  it("shows a change at once and sends it afterwards, what was typed quickly as one", async () => {
    const store = open();
    store.edit("", [set("Form", "thoughts", "H", null)]);
    store.edit("", [set("Form", "thoughts", "Hm", "H")]);
    expect(store.getState().document.stages[0]?.touchpoints?.[0]?.thoughts).toBe("Hm");
    expect(store.getState().sync).toBe("saving");
    await saved(store);
    expect(service.sent).toEqual([[set("Form", "thoughts", "Hm", null)]]);
    expect(service.document).toEqual(store.getState().document);
  });

  it("undoes and redoes, also after others have changed something else", async () => {
    const store = open();
    store.edit("", [{ op: "rename", on: { touchpoint: "Money" }, to: "Cash" }]);
    store.edit("", [{ op: "remove", on: { stage: "Get" } }]);
    await saved(store);
    expect(service.document).toMatchObject({ stages: [{ stage: "Apply" }] });
    expect(service.document.goal).toBeUndefined();
    service.other(set("Send", "thoughts", "theirs", null));
    await store.poll();
    store.undo();
    store.undo();
    await saved(store);
    expect(service.document).toEqual({
      ...START,
      stages: [
        {
          ...START.stages[0],
          touchpoints: [START.stages[0]?.touchpoints?.[0], { touchpoint: "Send", thoughts: "theirs" }],
        },
        START.stages[1],
      ],
    });
    store.redo();
    expect(store.getState().document.goal).toEqual(["Cash"]);
  });

  it("does not undo over what another has written since", async () => {
    const store = open();
    store.edit("", [set("Form", "thoughts", "mine", null)]);
    await saved(store);
    service.other(set("Form", "thoughts", "theirs", "mine"));
    await store.poll();
    expect(store.undo()?.conflicts).toMatchObject([{ reason: "changed", current: "theirs" }]);
    expect(store.getState().document.stages[0]?.touchpoints?.[0]?.thoughts).toBe("theirs");
  });

  it("follows a name that another has changed", async () => {
    const store = open();
    store.edit("", [set("Form", "thoughts", "mine", null)]);
    await saved(store);
    service.other({ op: "rename", on: { touchpoint: "Form" }, to: "Questionnaire" });
    await store.poll();
    expect(store.undo()?.conflicts).toEqual([]);
    expect(store.getState().document.stages[0]?.touchpoints?.[0]).toMatchObject({
      touchpoint: "Questionnaire",
    });
    expect(store.getState().document.stages[0]?.touchpoints?.[0]).not.toHaveProperty("thoughts");
  });

  it("asks where two have written into one cell, and takes either answer", async () => {
    const store = open();
    service.other(set("Form", "thoughts", "theirs", null));
    store.edit("", [set("Form", "thoughts", "mine", null), set("Send", "thoughts", "mine", null)]);
    await saved(store);
    expect(store.getState().troubles).toMatchObject([{ reason: "changed", current: "theirs" }]);
    expect(store.getState().document.stages[0]?.touchpoints?.map((it) => it.thoughts)).toEqual([
      "theirs",
      "mine",
    ]);
    const [trouble] = store.getState().troubles;
    if (trouble) store.settle(trouble, "mine");
    await saved(store);
    expect(service.document.stages[0]?.touchpoints?.[0]?.thoughts).toBe("mine");
    expect(store.getState().troubles).toEqual([]);
  });

  it("keeps what was typed into a cell that another has changed meanwhile", async () => {
    const store = open();
    service.other(set("Form", "thoughts", "theirs", null));
    await store.poll();
    store.edit("", [set("Form", "thoughts", "mine", null)]);
    expect(store.getState().troubles).toMatchObject([{ reason: "changed", current: "theirs" }]);
    expect(store.getState().document.stages[0]?.touchpoints?.[0]?.thoughts).toBe("theirs");
  });

  it("loses nothing with the network, nor with a reload meanwhile", async () => {
    service.down = true;
    const store = open();
    store.edit("", [set("Form", "thoughts", "typed offline", null)]);
    await vi.waitFor(() => expect(store.getState().sync).toBe("offline"));
    store.edit("", [set("Send", "thoughts", "this too", null)]);
    store.stop();
    service.down = false;
    const again = open();
    expect(again.getState().document.stages[0]?.touchpoints?.[0]?.thoughts).toBe("typed offline");
    await again.flush();
    await saved(again);
    expect(service.document.stages[0]?.touchpoints?.map((it) => it.thoughts)).toEqual([
      "typed offline",
      "this too",
    ]);
    expect(storage.length).toBe(0);
  });

  it("leaves to the next page what it still tried to send while it went", async () => {
    const shelf = makeShelf("1", "Anna", storage);
    const change = set("Form", "thoughts", "typed at last", null);
    shelf.keep([{ change, base: 1 }], []);
    shelf.leave();
    // A page is hidden after it has gone: then all that waits is sent, under the name of its batch.
    shelf.keep([{ change, base: 1, batch: "b" }], []);
    expect(makeShelf("1", "Anna", storage).adopt().waiting).toHaveLength(1);
  });

  it("leaves what another open tab is about to send to that tab", () => {
    service.down = true;
    open().edit("", [set("Form", "thoughts", "first tab", null)]);
    expect(open().getState().waiting).toEqual([]);
  });

  it("sets aside the one change that the service refuses, and sends the others", async () => {
    service.refuse = (change) => (change.op === "set" && change.value === "bad" ? "not so" : null);
    const store = open();
    store.edit("", [
      set("Form", "a", "good", null),
      set("Form", "b", "bad", null),
      set("Send", "c", "good", null),
    ]);
    await saved(store);
    expect(store.getState().troubles).toMatchObject([{ reason: "refused", message: "not so" }]);
    expect(service.document.stages[0]?.touchpoints?.[1]?.c).toBe("good");
    expect(store.getState().document.stages[0]?.touchpoints?.[0]).not.toHaveProperty("b");
  });

  it.each<ErrorKind>(["workspace", "throttled", "unexpected", "signin", "data"])(
    "keeps what waits while the service says %s, and sends it later",
    async (kind) => {
      service.fault = new ServiceError(kind, "later");
      const store = open();
      store.edit("", [set("Form", "a", "one", null), set("Send", "b", "two", null)]);
      await vi.waitFor(() => expect(store.getState().sync).toBe("offline"));
      expect(store.getState()).toMatchObject({ troubles: [], waiting: [{}, {}] });
      store.stop();
      service.fault = null;
      const again = open();
      await again.flush();
      await saved(again);
      expect(service.document.stages[0]?.touchpoints).toMatchObject([{ a: "one" }, { b: "two" }]);
    },
  );

  it("keeps what waits where this person may not change the map now", async () => {
    service.fault = new ServiceError("forbidden", "no");
    const store = open();
    store.edit("", [set("Form", "a", "one", null)]);
    await vi.waitFor(() => expect(store.getState().sync).toBe("denied"));
    store.stop();
    service.fault = null;
    expect(open("Boris").getState().waiting).toEqual([]);
    expect(open().getState().waiting).toHaveLength(1);
  });

  it("keeps questions over a reload, until they are settled", async () => {
    const store = open();
    service.other(set("Form", "thoughts", "theirs", null));
    store.edit("", [set("Form", "thoughts", "mine", null)]);
    await saved(store);
    store.stop();
    const again = open();
    const [trouble] = again.getState().troubles;
    expect(trouble).toMatchObject({ reason: "changed", change: { value: "mine" } });
    if (trouble) again.settle(trouble, "theirs");
    expect(storage.length).toBe(0);
  });

  it("tries a refused change again where the person asks", async () => {
    service.refuse = (change) => (change.op === "add" ? "not so" : null);
    const store = open();
    store.edit("", [{ op: "add", on: { stage: "End" }, after: "Get", document: {} }]);
    await vi.waitFor(() => expect(store.getState().troubles).toMatchObject([{ reason: "refused" }]));
    service.refuse = null;
    const [trouble] = store.getState().troubles;
    if (trouble) store.settle(trouble, "mine");
    await saved(store);
    expect(service.document.stages.at(-1)?.stage).toBe("End");
    expect(store.getState().troubles).toEqual([]);
  });

  it("does once what was answered into the void, also over a reload and with more typed into the same cell", async () => {
    service.deaf = true;
    const store = open();
    store.edit("", [set("Form", "thoughts", "H", null)]);
    await vi.waitFor(() => expect(store.getState().sync).toBe("offline"));
    store.edit("", [set("Form", "thoughts", "Hm", "H")]);
    store.stop();
    service.deaf = false;
    const again = open();
    await again.flush();
    await saved(again);
    expect(service.sent).toEqual([
      [set("Form", "thoughts", "H", null)],
      [set("Form", "thoughts", "Hm", "H")],
    ]);
    expect(again.getState().troubles).toEqual([]);
    expect(service.document.stages[0]?.touchpoints?.[0]?.thoughts).toBe("Hm");
  });

  it("does not take back what was added once another has written into it", async () => {
    const store = open();
    store.edit("", [
      { op: "add", on: { touchpoint: "New" }, stage: "Get", after: null, document: { pains: [] } },
    ]);
    await saved(store);
    service.other(set("New", "thoughts", "theirs", null));
    await store.poll();
    expect(store.undo()?.conflicts).toMatchObject([{ reason: "changed" }]);
    service.other(set("New", "thoughts", null, "theirs"));
    expect(service.document.stages[1]?.touchpoints?.[0]).toMatchObject({ touchpoint: "New" });
  });
});
