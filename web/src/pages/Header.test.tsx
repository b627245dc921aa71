// @vitest-environment jsdom

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Description } from "../api";
import fixture from "../fixtures/workspace.json";
import { chooseLanguage } from "../i18n";
import { showTimesIn } from "../i18n/times";
import { Header } from "./Header";

vi.mock("../api", () => ({ getSession: () => new Promise(() => undefined) }));

const workspace = {
  ...(fixture as unknown as Description),
  first_event: "2025-12-31T21:30:00Z",
  last_event: "2026-06-30T20:59:00Z",
  loaded_at: "2026-06-30T21:15:00+00:00",
};

// The reader sits far from the company.
const before = process.env.TZ;
beforeAll(() => {
  process.env.TZ = "Pacific/Honolulu";
});
afterAll(() => {
  if (before === undefined) delete process.env.TZ;
  else process.env.TZ = before;
  showTimesIn("UTC");
});

it("tells days and times as the workspace's zone has them, and which zone that is", () => {
  expect(new Date("2026-06-30T21:15:00Z").getHours()).toBe(11);
  chooseLanguage("en");
  showTimesIn("Europe/Moscow");
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <MemoryRouter>
          <Header workspace={workspace} />
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
  expect(screen.getByText("Data: 1 Jan 2026 – 30 Jun 2026")).toBeTruthy();
  expect(screen.getByText("loaded 1 Jul 2026, 00:15")).toBeTruthy();
  expect(screen.getByText("Time: Europe/Moscow")).toBeTruthy();
  // An owner chooses another zone: what is on the screen follows.
  act(() => showTimesIn("America/New_York"));
  expect(screen.getByText("Data: 31 Dec 2025 – 30 Jun 2026")).toBeTruthy();
  expect(screen.getByText("loaded 30 Jun 2026, 17:15")).toBeTruthy();
  expect(screen.getByText("Time: America/New_York")).toBeTruthy();
  // A zone that the browser does not know is not claimed.
  act(() => showTimesIn("Mars/Olympus"));
  expect(screen.getByText("Time: UTC")).toBeTruthy();
});

it("tells the name of the company once where the map has the same", () => {
  const shown = (map_name: string) => {
    const { unmount } = render(
      <MantineProvider>
        <QueryClientProvider client={new QueryClient()}>
          <MemoryRouter>
            <Header workspace={{ ...workspace, name: "Iron", map_name }} />
          </MemoryRouter>
        </QueryClientProvider>
      </MantineProvider>,
    );
    const times = screen.getAllByText("Iron").length;
    unmount();
    return times;
  };
  cleanup();
  expect([shown("Iron"), shown("Joining the club")]).toEqual([1, 1]);
});

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "api" ? [] : sources(path);
    return /(?<!\.test)\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

it("is the one way in which moments are written", () => {
  const own = /toLocale(Date|Time)?String\(|\.get(Hours|Minutes|Date|Day|Month|FullYear)\(/;
  for (const path of sources(join(import.meta.dirname, ".."))) {
    const code = readFileSync(path, "utf8");
    expect([path, own.exec(code)?.[0]]).toEqual([path, undefined]);
    const ofDraw = [...code.matchAll(/import \{([^}]*)\} from "(?:\.\.\/)+draw(?:\/format)?"/g)];
    const names = ofDraw.flatMap((match) => (match[1] ?? "").split(",").map((name) => name.trim()));
    const taken = names.includes("moment") && !path.endsWith(join("i18n", "times.ts"));
    expect([path, taken]).toEqual([path, false]);
  }
});
