// @vitest-environment jsdom
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { LivingMap as Answer } from "../api";
import { PLAIN, type View } from "../data/view";
import fixture from "../fixtures/living-map.json";
import { chooseLanguage } from "../i18n";
import { LivingMap } from "./LivingMap";
import { buildModel } from "./model";

const answer = fixture as unknown as Answer;

const words = (en: string) => ({ ru: en, en });
const term = (key: string, content: string, parts: Record<string, string> = {}) => ({
  key,
  content,
  title: words(key),
  parts: Object.entries(parts).map(([part, title]) => ({ key: part, title: words(title) })),
});
const REGISTRY = {
  lanes: [
    term("jobs", "list"),
    term("expects", "expectation", { best: "Best expectation", worst: "Worst expectation" }),
    term("pains", "pains", { finance: "finance", process: "process", support: "support" }),
    term("company_metrics", "metrics"),
    term("process", "process", { owner: "Owner", systems: "Systems", decides: "Who may change it" }),
  ],
};

function show(changed: Answer = answer, view: Partial<View> = {}) {
  chooseLanguage("en");
  const onOpen = vi.fn();
  const onView = vi.fn();
  const client = new QueryClient();
  client.setQueryData(["lanes"], REGISTRY);
  render(
    <QueryClientProvider client={client}>
      <MantineProvider>
        <LivingMap
          model={buildModel(changed)}
          title="Loan"
          view={{ ...PLAIN, ...view }}
          onView={onView}
          onOpen={onOpen}
        />
      </MantineProvider>
    </QueryClientProvider>,
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

  it("moves a lane by its keys", () => {
    const { onView } = show();
    const head = within(lane("emotion")).getByRole("button", { name: /Collapse lane/ });
    fireEvent.keyDown(head, { key: "ArrowUp", altKey: true });
    expect(onView.mock.calls[0]?.[0].order.slice(0, 2)).toEqual(["emotion", "journeys"]);
  });

  it("flags an author's mark only where the interval leaves it, and says which is whose", () => {
    const marked = structuredClone(answer);
    const stages = (marked.map as { stages: { touchpoints: { touchpoint: string; emotion?: number }[] }[] })
      .stages;
    for (const stage of stages) for (const touchpoint of stage.touchpoints) touchpoint.emotion = 2;
    const worst = marked.touchpoints.touchpoints.find(
      (row) => row.emotion === -41 || (row.emotion ?? 0) < -40,
    );
    show(marked);
    const flags = lane("emotion").querySelectorAll("[data-apart]");
    expect(flags.length).toBeGreaterThan(0);
    expect(worst).toBeDefined();
    // Few answers are never apart, however far they seem.
    const enough = marked.touchpoints.touchpoints.filter((row) => row.emotion_n >= 30).length;
    expect(flags.length).toBeLessThanOrEqual(enough);
    expect(within(lane("emotion")).getAllByText("author +2").length).toBe(17);
  });

  it("shows rows of the heat map with a sign and hides the lanes that a view hides", () => {
    show(answer, { heat: ["emotion", "waits"], hidden: ["pains"] });
    expect(within(lane("heat:emotion")).getAllByText("worse").length).toBeGreaterThan(0);
    expect(document.querySelector('[data-row="pains"]')).toBeNull();
    expect(
      [...document.querySelectorAll("[data-row]")].slice(0, 2).map((row) => row.getAttribute("data-row")),
    ).toEqual(["heat:emotion", "heat:waits"]);
  });

  it("draws what the registry knows in its own form, and the author's own keys as they are", () => {
    const told = structuredClone(answer);
    const stage = (told.map as { stages: Record<string, unknown>[] }).stages[0];
    Object.assign(stage ?? {}, { company_metrics: [{ metric: "NPS", now: 32, target: 45, unit: "points" }] });
    const touchpoints = stage?.touchpoints as Record<string, unknown>[] | undefined;
    Object.assign(touchpoints?.[0] ?? {}, {
      process: { owner: "Ann", decides: "The board" },
      weather: { sun: "rare" },
    });
    show(told);
    expect(within(lane("company_metrics")).getByText("now 32 points")).toBeTruthy();
    expect(within(lane("company_metrics")).getByText("target 45 points")).toBeTruthy();
    const fact = within(lane("processes")).getByText("The board");
    expect(fact.previousElementSibling?.textContent).toBe("Who may change it");
    expect(within(lane("own:weather")).getByText("sun: rare")).toBeTruthy();
    expect(within(lane("hopes")).getAllByText("Best expectation").length).toBeGreaterThan(0);
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
