// @vitest-environment jsdom
import { MantineProvider } from "@mantine/core";
import { act, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { chooseLanguage } from "../i18n";
import { ErrorPanel } from "./ErrorPanel";
import { type ErrorKind, ServiceError } from "./errors";

afterEach(() => act(() => chooseLanguage("en")));

function tell(language: "ru" | "en", kind: ErrorKind, message: string, hint = ""): HTMLElement {
  act(() => chooseLanguage(language));
  render(
    <MantineProvider>
      <ErrorPanel error={new ServiceError(kind, message, hint)} onRetry={() => undefined} />
    </MantineProvider>,
  );
  return screen.getByRole("alert");
}

it.each([
  [
    "forbidden",
    "Your role (reader) may not do this.",
    "It is for: analyst or owner.",
    "Вашей роли это не разрешено.",
  ],
  [
    "conflict",
    "'Loan (2)' is in the archive.",
    "Take it out of the archive first.",
    "Карта «Loan (2)» в архиве.",
  ],
  ["not_found", "There is no map 'abc'.", "Take one from the list of maps.", "Такой карты здесь нет: «abc»."],
  [
    "conflict",
    "Анна is the last owner.",
    "Make somebody else an owner first.",
    "Анна – единственный владелец.",
  ],
  [
    "usage",
    "The data has no attribute 'regoin' to filter by.",
    "Did you mean 'region' or 'Регион'?",
    "Может быть, 'region', 'Регион'?",
  ],
] as const)("says in Russian: %s, %s", (kind, message, hint, said) => {
  const panel = tell("ru", kind, message, hint);
  expect(panel.textContent).toContain(said);
  expect(panel.textContent).not.toMatch(/\b(the|is|your|of)\b/i);
});

it("marks words of the service that it has no words for as English", () => {
  const panel = tell("ru", "data", "Cannot read journeys/part-3.arrow.", "Run it again.");
  const foreign = panel.querySelector('[lang="en"]');
  expect(foreign?.textContent).toBe("Cannot read journeys/part-3.arrow. Run it again.");
  expect(panel.textContent?.replace(foreign?.textContent ?? "", "")).not.toMatch(/[A-Za-z]{3}/);
});

it("leaves them as they are on a page in English", () => {
  const panel = tell("en", "data", "Cannot read journeys/part-3.arrow.", "Run it again.");
  expect(panel.textContent).toContain("Cannot read journeys/part-3.arrow.");
  expect(panel.textContent).toContain("Run it again.");
  expect(panel.querySelector("[lang]")).toBeNull();
});
