import { expect, it } from "vitest";
import { landing, moved, readWindow } from "./steps";

it("moves a step and loses none", () => {
  expect(moved(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
  expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
  expect(moved(["a", "b"], 0, 5)).toEqual(["a", "b"]);
  expect(moved(["a", "a"], 0, 1)).toEqual(["a", "a"]);
});

it("lands where the line is drawn", () => {
  const dropped = (from: number, over: number, edge: "top" | "bottom") =>
    moved(["a", "b", "c", "d"], from, landing(from, over, edge)).join("");
  expect(dropped(0, 2, "top")).toBe("bacd");
  expect(dropped(0, 2, "bottom")).toBe("bcad");
  expect(dropped(3, 1, "top")).toBe("adbc");
  expect(dropped(3, 1, "bottom")).toBe("abdc");
});

it("takes only a window that is one", () => {
  expect([readWindow("3600"), readWindow("0"), readWindow("x"), readWindow(null)]).toEqual([
    3600,
    null,
    null,
    null,
  ]);
});
