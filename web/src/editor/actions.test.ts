import { describe, expect, it } from "vitest";
import type { Translate } from "../i18n";
import { makeActions } from "./actions";
import { createMapStore } from "./store/mapStore";
import { MemoryService } from "./store/memoryService";
import { makeShelf } from "./store/shelf";
import { createUiStore } from "./store/uiStore";

const noStorage = {
  length: 0,
  key: () => null,
  getItem: () => null,
  setItem: () => undefined,
  removeItem: () => undefined,
};

function open() {
  const service = new MemoryService({ map: "Club", stages: [{ stage: "Apply", touchpoints: [] }] });
  const store = createMapStore({
    id: "1",
    service,
    shelf: makeShelf("1", "Anna", noStorage),
    loaded: { version: service.version, document: service.document },
  });
  const ui = createUiStore();
  const actions = makeActions({ store, ui }, ((key: string) => key) as unknown as Translate);
  const names = () => store.getState().document.stages.map((stage) => stage.stage);
  return { store, ui, actions, names };
}

const NEW = "editor.new_stage";

describe("what one undo takes back", () => {
  it("is a stage that was added and named in one go", () => {
    const { store, actions, names } = open();
    actions.addStage("Apply");
    actions.rename({ stage: NEW }, "Pay");
    expect(names()).toEqual(["Apply", "Pay"]);
    actions.undo();
    expect(names()).toEqual(["Apply"]);
    actions.redo();
    expect(names()).toEqual(["Apply", "Pay"]);
    store.stop();
  });

  it("is a touchpoint that was added and named in one go", () => {
    const { store, actions } = open();
    actions.addTouchpoint("Apply", null);
    actions.rename({ touchpoint: "editor.new_touchpoint" }, "Form");
    actions.undo();
    expect(store.getState().document.stages[0]?.touchpoints ?? []).toEqual([]);
    store.stop();
  });

  it("is the new name alone where the stage was there before", () => {
    const { store, ui, actions, names } = open();
    actions.addStage("Apply");
    ui.setState({ editing: null });
    actions.rename({ stage: NEW }, "Pay");
    actions.undo();
    expect(names()).toEqual(["Apply", NEW]);
    store.stop();
  });
});
