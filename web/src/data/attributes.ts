/** Attributes as they are offered for choosing. */

import type { Description } from "../api";

type Attribute = Description["attributes"][number];

const NUMBER = /^[-−]?\d+(?:[.,]\d+)?$/;
const numberOf = (text: string): number => Number(text.trim().replace("−", "-").replace(",", "."));

/** Few values before many: a choice of two or three is what people look for. Numbers stand in their order. */
export function offeredAttributes(attributes: readonly Attribute[]): Attribute[] {
  const size = (one: Attribute) => one.values.length + one.more;
  return attributes
    .map((one) =>
      one.values.length > 0 && one.values.every(({ value }) => NUMBER.test(value.trim()))
        ? { ...one, values: [...one.values].sort((a, b) => numberOf(a.value) - numberOf(b.value)) }
        : one,
    )
    .sort((a, b) => size(a) - size(b));
}
