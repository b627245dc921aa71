// @vitest-environment jsdom
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, configure, fireEvent, render, screen, within } from "@testing-library/react";
import { createMemoryRouter } from "react-router";
import { RouterProvider } from "react-router/dom";
import { describe, expect, it, vi } from "vitest";
import type { Finding, Findings } from "../data/findings";
import fixture from "../fixtures/findings-en.json";
import journey from "../fixtures/journey.json";
import map from "../fixtures/living-map.json";
import workspace from "../fixtures/workspace.json";
import { chooseLanguage } from "../i18n";
import FindingPage from "./FindingPage";
import FindingsPage from "./FindingsPage";

const full = fixture as unknown as Findings;
const quiet = (finding: Finding) => finding.kind === "harmless" || finding.kind === "undetermined";

/** The generated client, answering from the fixtures; what was asked is written down. */
const service = vi.hoisted(() => ({
  asked: [] as [string, Record<string, unknown>][],
  found: null as unknown,
  rights: ["read", "edit"],
}));

vi.mock("../api", () => {
  const reply = (path: string, read: (query: Record<string, unknown>) => unknown) => {
    return async ({ query = {} }: { query?: Record<string, unknown> }) => {
      service.asked.push([path, query]);
      return { data: read(query), response: {} };
    };
  };
  return {
    getSession: reply("session", () => ({ you: { rights: service.rights }, timezone: "UTC" })),
    workspace: reply("workspace", () => workspace),
    livingMap: reply("living-map", () => map),
    journey: reply("journey", () => journey),
    touchpoint: reply("touchpoint", () => null),
    findings: reply("findings", (query) => {
      const found = service.found as Findings;
      return { ...found, findings: found.findings.filter((finding) => query.all || !quiet(finding)) };
    }),
  };
});

function open(address: string, found: Findings = full) {
  chooseLanguage("en");
  service.found = found;
  service.asked.length = 0;
  const router = createMemoryRouter(
    [
      { path: "/findings", element: <FindingsPage /> },
      { path: "/findings/:id", element: <FindingPage /> },
    ],
    { initialEntries: [address] },
  );
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { router, asked: service.asked };
}

const rows = () => [...document.querySelectorAll<HTMLElement>("[data-finding]")];

// On a busy machine a page of this size takes its time.
configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });

describe("the list", () => {
  it("says of each what it does with its interval and what it costs", async () => {
    open("/findings");
    const list = await screen.findByLabelText("Findings, what costs most first");
    expect(rows().map((row) => row.dataset.finding)).toEqual(
      full.findings.filter((finding) => !quiet(finding)).map((finding) => finding.id),
    );
    const first = within(rows()[0] as HTMLElement);
    expect(first.getByText(/^−13\.4.pp$/)).toBeTruthy();
    expect(first.getByText(/−15\.5.….−11\.3/)).toBeTruthy();
    expect(first.getByText("voice confirms")).toBeTruthy();
    expect(first.getByText("Barrier")).toBeTruthy();
    expect(within(list).getAllByText("Moment of truth")).toHaveLength(2);
  });

  it("shows what a link chooses, and writes what a person chooses into the address", async () => {
    const { router } = open("/findings?kind=gap&segment=region%3DX");
    await screen.findByText(/2 of 13 shown/);
    fireEvent.click(document.querySelector("button[data-kind=inconvenience]") as HTMLElement);
    await screen.findByText(/4 of 13 shown/);
    expect(router.state.location.search).toBe("?segment=region%3DX&kind=gap&kind=inconvenience");
  });

  it("shows what is harmless only when that is looked at, without asking again", async () => {
    const { asked } = open("/findings");
    fireEvent.click(await screen.findByText("Show all that was tested"));
    await screen.findByText("Touchpoint", { selector: "th" });
    const calls = asked.filter(([path]) => path === "findings");
    expect(calls.map(([, query]) => [query.all, query.language])).toEqual([[true, "en"]]);
    expect(screen.getAllByText(/^Harmless ./).length).toBe(full.clean);
  });

  it("tells nothing wrong from nothing known", async () => {
    const harmless = full.findings.filter((finding) => finding.kind === "harmless");
    open("/findings", { ...full, findings: harmless, lost_by_stage: [] });
    await screen.findByText("Nothing is wrong");
    expect(document.querySelector('[data-nothing="clean"]')).toBeTruthy();
  });

  it("says of suspicions that none can be decided yet, why, and how many journeys it takes", async () => {
    const one = full.findings.find((finding) => finding.kind === "undetermined") as Finding;
    const open_ = [null, 16_123, 0, 420].map((more_journeys, i) => ({ ...one, id: `u${i}`, more_journeys }));
    const harmless = full.findings.filter((finding) => finding.kind === "harmless");
    open("/findings", { ...full, findings: [...open_, ...harmless], lost_by_stage: [] });
    await screen.findByText("4 suspicions: none can be decided yet");
    expect(screen.queryByText("Nothing is wrong")).toBeNull();
    expect(rows().map((row) => row.dataset.finding)).toEqual(["u3", "u1", "u0", "u2"]);
    expect(screen.getByText(/^≈ 420 more journeys$/)).toBeTruthy();
    expect(screen.getAllByText(/neither certain nor ruled out/).length).toBeGreaterThanOrEqual(4);
  });

  it("shows at once what surely lowers scores, apart from the suspicions", async () => {
    const one = full.findings.find((finding) => finding.kind === "undetermined") as Finding;
    const sure = { ...one, id: "sure", score_falls: true };
    open("/findings", { ...full, findings: [sure, { ...one, id: "open", score_falls: false }] });
    const list = await screen.findByLabelText("Obstacles that lower scores");
    expect(
      [...list.querySelectorAll<HTMLElement>("[data-finding]")].map((row) => row.dataset.finding),
    ).toEqual(["sure"]);
    await screen.findByText("1 suspicion: it cannot be decided yet");
  });

  it("leads to the map where it is only the goal that is missing", async () => {
    const one = full.findings.find((finding) => finding.kind === "undetermined") as Finding;
    const unnamed = { ...one, reason: "the map names no goal", more_journeys: null };
    open("/findings", { ...full, findings: [unnamed], lost_by_stage: [] });
    await screen.findByText("1 suspicion: it cannot be decided yet");
    expect((await screen.findByText("Name the goal on the map")).getAttribute("href")).toBe("/maps");
    // Nobody is sent to do what they may not.
    cleanup();
    service.rights = ["read"];
    open("/findings", { ...full, findings: [unnamed], lost_by_stage: [] });
    await screen.findByText(/ask an editor/);
    expect(screen.queryByText("Name the goal on the map")).toBeNull();
    service.rights = ["read", "edit"];
  });

  it("says what is missing where nothing could be tested", async () => {
    open("/findings", { ...full, findings: [], lost_by_stage: [], tested: 0, clean: 0, notes: ["No goal."] });
    await screen.findByText("There is too little to judge");
    expect(screen.getByText("No goal.")).toBeTruthy();
    expect(screen.queryByText("What was tested")).toBeNull();
  });

  it("shows two hundred in portions, and pasted HTML as text", async () => {
    const one = full.findings[0] as Finding;
    const many = Array.from({ length: 200 }, (_, i) => ({
      ...one,
      id: `f${i}`,
      because: i === 0 ? "<img src=x onerror=alert(1)>" : one.because,
    }));
    open("/findings", { ...full, findings: many });
    await screen.findByText("<img src=x onerror=alert(1)>");
    expect(rows()).toHaveLength(40);
    fireEvent.click(screen.getByText("Show 40 more of 160"));
    expect(rows()).toHaveLength(80);
    expect(document.querySelector("img")).toBeNull();
  });
});

const sections = () =>
  [...document.querySelectorAll<HTMLElement>("[data-section]")].map((section) => section.dataset.section);

describe("the page of a finding", () => {
  it("has everything that stands behind a barrier", async () => {
    open("/findings/barrier-wait-proverka-dokumentov");
    await screen.findByText("Those who met it, and others like them who did not");
    expect(sections().sort()).toEqual([
      "comparison",
      "examples",
      "how",
      "related",
      "under",
      "voice",
      "weeks",
      "where",
    ]);
    expect(screen.getByText(/at a glance, without adjusting: −17\.1/)).toBeTruthy();
    expect(screen.getByText(/2\.51 times as likely \(E-value\)/)).toBeTruthy();
    expect(screen.getByText(/exceeds 1 d/)).toBeTruthy();
  });

  it("shows numbers by their names, and those without a name by their own", async () => {
    const gap = full.findings.find((finding) => finding.kind === "gap") as Finding;
    const evidence = [
      ...gap.evidence,
      { name: "odd_thing", value: 7, low: null, high: null, unit: "stones" },
    ];
    open(`/findings/${gap.id}`, { ...full, findings: [{ ...gap, evidence }] });
    await screen.findByText("Numbers");
    expect(screen.getByText("odd thing")).toBeTruthy();
    expect(screen.getByText("7 stones")).toBeTruthy();
    expect(screen.getAllByText("17 h").length).toBeGreaterThan(0);
  });

  it("says of what cannot be told why, and what it would take", async () => {
    const unsure = full.findings.find((finding) => finding.kind === "undetermined") as Finding;
    open(`/findings/${encodeURIComponent(unsure.id)}`);
    await screen.findByText("Why it cannot be told");
    expect(screen.getByText(/more such journeys are needed/)).toBeTruthy();
  });

  it("shows of a single case the journey itself", async () => {
    const { asked } = open("/findings/case-c08121");
    await screen.findByText("The journey of customer c08121");
    await screen.findByText("doc_upload");
    expect(asked).toContainEqual(["journey", { customer: "c08121", case: "a008121" }]);
  });

  it("opens a journey by the address", async () => {
    open("/findings/barrier-wait-proverka-dokumentov?customer=c10422&case=a010422");
    const drawer = await screen.findByRole("dialog");
    await within(drawer).findByText("doc_upload");
  });

  it("says of an old link that there is no such finding", async () => {
    open("/findings/nothing");
    await screen.findByText("There is no such finding now");
  });
});
