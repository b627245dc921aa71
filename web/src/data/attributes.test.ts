import { expect, it } from "vitest";
import { offeredAttributes } from "./attributes";

const attribute = (name: string, values: string[], more = 0) => ({
  attribute: name,
  values: values.map((value, i) => ({ value, journeys: 100 - i })),
  more,
});

it("offers attributes with few values first, and numbers in their order", () => {
  const told = offeredAttributes([
    attribute("born", ["2007", "1967", "1993"], 40),
    attribute("city", ["Kazan", "Moscow", "Anapa"]),
    attribute("rate", ["10", "9,5", "-1", "−2"]),
    attribute("sex", ["f", "m"]),
  ]);
  expect(told.map((one) => one.attribute)).toEqual(["sex", "city", "rate", "born"]);
  const values = told.map((one) => one.values.map(({ value }) => value));
  // Words stay as frequent as they are.
  expect(values[1]).toEqual(["Kazan", "Moscow", "Anapa"]);
  expect(values[2]).toEqual(["−2", "-1", "9,5", "10"]);
  expect(values[3]).toEqual(["1967", "1993", "2007"]);
});
