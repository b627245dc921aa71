import { expect, it } from "vitest";
import { PLAIN, readView, type View, writeView } from "./view";

it("goes through the address whole, and leaves the rest of it alone", () => {
  const view: View = {
    order: ["pains", "own:Мысли, вслух"],
    hidden: [],
    folded: ["waits"],
    heat: ["gap", "money"],
    scale: "cividis",
    zoom: 0.75,
  };
  const search = writeView(view, new URLSearchParams("segment=region%3DX&zoom=300"));
  expect(readView(new URLSearchParams(search.toString()))).toEqual(view);
  expect(search.getAll("segment")).toEqual(["region=X"]);
  expect(search.getAll("zoom")).toEqual(["75"]);
});

it("is nothing where the address tells nothing, and sane where it tells nonsense", () => {
  expect(readView(new URLSearchParams("touchpoint=x"))).toBeNull();
  expect(readView(new URLSearchParams("zoom=banana&scale=rainbow"))).toEqual(PLAIN);
  expect(readView(new URLSearchParams("zoom=100000"))?.zoom).toBe(2);
});
