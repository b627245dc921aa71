// @vitest-environment jsdom
import { MantineProvider } from "@mantine/core";
import { fireEvent, render, screen, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { LivingMap as Answer } from "../api";
import { PLAIN, type View } from "../data/view";
import fixture from "../fixtures/living-map.json";
import { chooseLanguage } from "../i18n";
import { LivingMap } from "./LivingMap";
import { buildModel } from "./model";

const answer = fixture as unknown as Answer;

function show(changed: Answer = answer, view: Partial<View> = {}) {
  chooseLanguage("en");
  const onOpen = vi.fn();
  const onView = vi.fn();
  render(
    <MantineProvider>
      <LivingMap
        model={buildModel(changed)}
        title="Loan"
        view={{ ...PLAIN, ...view }}
        onView={onView}
        onOpen={onOpen}
      />
    </MantineProvider>,
  );
  return Object.assign(onOpen, { onView });
}

const lane = (name: string) => {
  const found = document.querySelector<HTMLElement>(`[data-row="${name}"]`);
  if (!found) throw new Error(`no lane ${name}`);
  return found;
};

describe("the map", () => {
  it("says every number with its sign and n, not by colour alone", () => {
    show();
    expect(within(lane("emotion")).getByText("−41")).toBeTruthy();
    expect(within(lane("emotion")).getByText("n = 702")).toBeTruthy();
    expect(within(lane("failures")).getByText("18%")).toBeTruthy();
    const verdicts = within(lane("reality")).getAllByText(/^(kept|not for all|missed|unsure)$/);
    expect(verdicts.length).toBeGreaterThan(10);
  });

  it("greys what stands on too few answers", () => {
    show();
    const few = within(lane("emotion")).getByText("+21");
    expect(few.hasAttribute("data-few")).toBe(true);
  });

  it("moves by arrows and opens by Enter", () => {
    const onOpen = show();
    const cells = [...lane("emotion").querySelectorAll<HTMLElement>("[data-cell]")];
    cells[0]?.focus();
    fireEvent.keyDown(cells[0] as HTMLElement, { key: "ArrowRight" });
    expect(document.activeElement).toBe(cells[1]);
    fireEvent.keyDown(cells[1] as HTMLElement, { key: "ArrowDown" });
    expect((document.activeElement as HTMLElement).closest("[data-row]")?.getAttribute("data-row")).toBe(
      "hopes",
    );
    fireEvent.keyDown(document.activeElement as HTMLElement, { key: "Enter" });
    expect(onOpen).toHaveBeenCalledWith("Кредитный калькулятор");
    expect(document.querySelectorAll('[data-cell][tabindex="0"]')).toHaveLength(1);
  });

  it("steps from a column into the stage-wide cell that covers it", () => {
    show();
    const cells = [...lane("repeats").querySelectorAll<HTMLElement>("[data-cell]")];
    cells[6]?.focus();
    fireEvent.keyDown(cells[6] as HTMLElement, { key: "ArrowDown" });
    expect(document.activeElement?.textContent).toBe("Быстро передать документы");
  });

  it("shows pasted HTML as text", () => {
    const evil = structuredClone(answer);
    const stages = (evil.map as { stages: { touchpoints: { expects?: { best?: string } }[] }[] }).stages;
    const touchpoint = stages[0]?.touchpoints[1];
    if (touchpoint?.expects) touchpoint.expects.best = "<img src=x onerror=alert(1)>";
    show(evil);
    expect(screen.getByText("<img src=x onerror=alert(1)>")).toBeTruthy();
    expect(document.querySelector("img")).toBeNull();
  });
});
