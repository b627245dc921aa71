import { describe, expect, it } from "vitest";
import { isFiltered, readAddress, writeAddress } from "./address";
import { readError } from "./errors";

describe("address", () => {
  it("survives the way through the address bar, also with odd signs", () => {
    const address = {
      since: "2026-01-01",
      until: undefined,
      segment: ["region=Москва", "note=a=b&c"],
      channel: ["web", "app"],
      touchpoint: "Анкета, 2 %",
    };
    const search = writeAddress(address);
    expect(readAddress(new URLSearchParams(search.toString()))).toEqual(address);
    expect(search.getAll("segment")).toHaveLength(2);
  });

  it("is empty without a question", () => {
    const address = readAddress(new URLSearchParams("touchpoint=x&unit=planet"));
    expect(isFiltered(address)).toBe(false);
    expect(address.unit).toBeUndefined();
    expect(writeAddress({ ...address, touchpoint: null }).toString()).toBe("");
  });
});

describe("errors", () => {
  it("reads the one shape", () => {
    const error = readError({ error: { kind: "no_data", message: "m", hint: "h" } }, 409);
    expect([error.kind, error.message, error.hint]).toEqual(["no_data", "m", "h"]);
  });

  it("never swallows what it does not know", () => {
    expect(readError("<html>bad gateway", 502)).toMatchObject({
      kind: "unexpected",
      message: "<html>bad gateway",
    });
    expect(readError({ error: { kind: "new", message: "m" } }, 400).kind).toBe("unexpected");
    expect(readError(undefined, 500).message).toBe("HTTP 500");
  });
});
