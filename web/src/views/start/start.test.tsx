// @vitest-environment jsdom
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Column, Look, Upload } from "../../api";
import { chooseLanguage } from "../../i18n";
import { Columns } from "./Columns";
import { FileCard } from "./FileCard";
import { adopt, type Held, lookAt, useFiles, withRole } from "./files";
import { shortName } from "./LongName";

const service = vi.hoisted(() => ({ looked: [] as string[] }));

vi.mock("../../api", () => ({
  lookAtUpload: async ({ path }: { path: { upload_id: string } }) => {
    service.looked.push(path.upload_id);
    return { data: { shape: "events", missing: [], trial: {}, reading: {}, columns: [] }, response: {} };
  },
  removeUpload: async () => ({ data: null, response: {} }),
}));

const column = (name: string, role: string): Column => ({
  name,
  looks: "text",
  examples: [],
  filled: 1,
  distinct: 3,
  role,
  by: null,
  activity: null,
});
const look = (...columns: Column[]) =>
  ({ shape: "events", reading: {}, columns, more_columns: 0, missing: [] }) as unknown as Look;
const upload = (id: string): Upload => ({
  id,
  name: `${id}.csv`,
  size: 1,
  received: 1,
  at: "2026-01-01T00:00:00+00:00",
  state: "ready",
});
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

beforeAll(() => {
  window.matchMedia ??= () => ({ matches: false, addListener() {}, removeListener() {} }) as never;
  window.matchMedia = vi
    .fn()
    .mockReturnValue({ matches: false, addEventListener() {}, removeEventListener() {} });
  chooseLanguage("en");
});

afterEach(cleanup);

describe("columns", () => {
  const shown = () => screen.getAllByRole("rowheader").map((cell) => cell.textContent);
  const page = (of: Look) => (
    <MantineProvider>
      <Columns look={of} onChange={() => undefined} />
    </MantineProvider>
  );

  it("with times of day are guessed again unless that is taken back in so many words", () => {
    const guessed = { ...column("Время", "time_of_day"), by: "values" as const };
    expect(withRole(look(guessed), guessed, "attribute").columns).toEqual({ time_of_day: ":" });
    expect(withRole(look(guessed), guessed, "channel").columns).toEqual({ channel: "Время" });
    const other = column("Час", "attribute");
    expect(withRole(look(guessed, other), other, "time_of_day").columns).toEqual({ time_of_day: "Час" });
  });

  it("stay where they are when one is taken for something else", () => {
    const { rerender } = render(
      page(look(column("a", "attribute"), column("b", "time"), column("c", "attribute"))),
    );
    expect(shown()).toEqual(["b", "a", "c"]);
    rerender(page(look(column("a", "attribute"), column("b", "attribute"), column("c", "activity"))));
    expect(shown()).toEqual(["b", "a", "c"]);
  });

  it("of very long names show how they begin, and all of it when asked", () => {
    const long = `Comment ${"of the operator ".repeat(12)}`.trim();
    render(page(look(column(long, "time"), column("short", "attribute"))));
    const name = screen.getByRole("button", { name: long });
    expect(name.getAttribute("aria-expanded")).toBe("false");
    fireEvent.click(name);
    expect(name.getAttribute("aria-expanded")).toBe("true");
    expect(screen.queryByRole("button", { name: "short" })).toBeNull();
    expect([shortName("short"), shortName(long).length < 50]).toEqual(["short", true]);
  });

  it("are put in order anew for another file", () => {
    const { rerender } = render(page(look(column("a", "attribute"), column("b", "time"))));
    rerender(page(look(column("x", "attribute"), column("y", "time"))));
    expect(shown()).toEqual(["y", "x"]);
  });
});

describe("the card of a file", () => {
  const trial = {
    rows_read: 9,
    good: 9,
    set_aside: 0,
    whole: true,
    reasons: [],
    rejects: [],
    columns: [],
    rows: [],
  };
  const card = (warnings: string[], ...columns: Column[]) => {
    const shown = {
      ...look(...columns),
      reasons: [],
      notes: [],
      trial: { ...trial, warnings, notes: warnings },
    };
    const one = { key: "a", name: "a.csv", size: 1, sent: 1, state: "ready", look: shown } as unknown as Held;
    return (
      <MantineProvider>
        <QueryClientProvider client={new QueryClient()}>
          <FileCard one={one} />
        </QueryClientProvider>
      </MantineProvider>
    );
  };
  const unfolded = () => screen.queryByRole("button", { name: "Fold" }) !== null;

  it("is unfolded where something was guessed, and goes on saying so once it is folded", () => {
    const guess = { ...column("Итог", "status"), by: "values" as const };
    const { rerender } = render(card([], guess, column("time", "time")));
    expect(unfolded()).toBe(true);
    rerender(card([], { ...guess, by: "person" }, column("time", "time")));
    expect(unfolded()).toBe(true);
    rerender(card([], guess));
    fireEvent.click(screen.getByRole("button", { name: "Fold" }));
    expect(unfolded()).toBe(false);
    expect(screen.getByText("Guessed, please check: “Итог” – status.")).toBeTruthy();
  });

  it("is folded where names tell all, but for times that can hardly be meant", () => {
    const late = "50 rows lie in the future, the earliest at 2199-03-01, the latest at 2199-03-02.";
    render(card([late], { ...column("time", "time"), by: "name" as const }));
    expect(unfolded()).toBe(false);
    expect(screen.getByRole("alert").textContent).toContain("from 2199-03-01 to 2199-03-02");
  });
});

describe("files", () => {
  beforeEach(() => {
    service.looked.length = 0;
    useFiles.setState({ held: [] });
  });

  it("are looked at again when another one has come, once", async () => {
    adopt([upload("one")]);
    await settled();
    adopt([upload("one"), upload("two")]);
    await settled();
    expect([...service.looked].sort()).toEqual(["one", "one", "two"]);
  });

  it("of which a person has said something are left alone", async () => {
    adopt([upload("one")]);
    await settled();
    await lookAt("one", "feedback");
    adopt([upload("one"), upload("two")]);
    await settled();
    expect([...service.looked].sort()).toEqual(["one", "one", "two"]);
    expect(service.looked.at(-1)).toBe("two");
  });
});
