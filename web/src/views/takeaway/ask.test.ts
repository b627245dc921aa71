import { describe, expect, it } from "vitest";
import { FIRST_CHOICE, fileName, isDrawn, readChoice, tellsFindings } from "./ask";

describe("the name of a file", () => {
  it("is read in any script", () => {
    const header = "attachment; filename=\"map.pdf\"; filename*=UTF-8''%D0%9A%D0%B0%D1%80%D1%82%D0%B0.pdf";
    expect(fileName(header, "x.pdf")).toBe("Карта.pdf");
  });

  it("falls back to the plain one, then to ours", () => {
    expect(fileName('attachment; filename="Loan.pdf"', "x.pdf")).toBe("Loan.pdf");
    expect(fileName("attachment; filename=\"Loan.pdf\"; filename*=UTF-8''%E0%A4%A", "x.pdf")).toBe(
      "Loan.pdf",
    );
    expect(fileName(null, "x.pdf")).toBe("x.pdf");
  });
});

describe("the last choice", () => {
  it("is kept as far as it still means something", () => {
    expect(readChoice('{"format":"pptx","paper":"b7","findings":false}')).toEqual({
      ...FIRST_CHOICE,
      format: "pptx",
      findings: false,
    });
    expect(readChoice("{broken")).toEqual(FIRST_CHOICE);
    expect(readChoice(undefined)).toEqual(FIRST_CHOICE);
  });
});

it("knows what a format can show", () => {
  expect(isDrawn("png")).toBe(true);
  expect(isDrawn("xlsx")).toBe(false);
  expect(tellsFindings("html")).toBe(true);
  expect(tellsFindings("csv")).toBe(false);
});
