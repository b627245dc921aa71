import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../src/fixtures/${name}.json`, import.meta.url), "utf8"));

type Found = Record<string, unknown> & { findings: Record<string, unknown>[] };

/** Findings as the state wants them: none at all, none for want of data, or far too many with long names. */
function findings(language: string, state: string, all: boolean): Found {
  const body = fixture(`findings-${language === "ru" ? "ru" : "en"}`) as Found;
  const quiet = (kind: unknown) => kind === "harmless" || kind === "undetermined";
  if (state === "clean" || state === "little") {
    body.findings = state === "clean" ? body.findings.filter(({ kind }) => quiet(kind)) : [];
    Object.assign(body, { lost_by_stage: [] }, state === "little" ? { tested: 0, clean: 0 } : {});
  }
  if (state === "full") {
    const long = "Очень длинное название точки контакта, которое придумал кто-то без чувства меры, ";
    const wrong = body.findings.filter(({ kind }) => !quiet(kind));
    body.findings = Array.from({ length: 200 }, (_, i) => {
      const one = wrong[i % wrong.length] as Record<string, unknown>;
      const touchpoint = i % 7 === 3 ? `${long}${i}` : one.touchpoint;
      return {
        ...one,
        id: `${one.id}-${i}`,
        touchpoint,
        because: i % 7 === 3 ? `${long.repeat(3)}${i}` : one.because,
      };
    });
  }
  if (!all) body.findings = body.findings.filter(({ kind }) => !quiet(kind));
  return body;
}

const error = (status: number, kind: string, message: string, hint: string) => ({
  status,
  body: { error: { kind, message, hint } },
});

/** What the state `?mock=...` of the page's own address asks for, given the request. */
function reply(url: URL, state: string): { status: number; body: unknown } {
  const path = url.pathname;
  if (path === "/api/workspace") {
    const body = fixture("workspace");
    if (state === "empty")
      Object.assign(body, { has_data: false, has_map: false, map_name: null, journeys: 0, events: 0 });
    if (state === "nomap") Object.assign(body, { has_map: false, map_name: null });
    return { status: 200, body };
  }
  if (path === "/api/living-map") {
    if (state === "error")
      return error(500, "workspace", "Cannot read journeys/part-3.arrow.", "Run `tropa load` again.");
    if (url.searchParams.getAll("segment").some((item) => item.startsWith("regoin=")))
      return error(400, "usage", "Unknown attribute 'regoin'.", "Did you mean 'region'?");
    if (url.searchParams.get("since") === "2030-01-01")
      return error(404, "no_data", "No journey began since 2030-01-01.", "");
    return {
      status: 200,
      body: fixture(state === "nomap" ? "living-map-no-map" : "living-map"),
    };
  }
  if (path === "/api/findings") {
    const asked = url.searchParams;
    return { status: 200, body: findings(asked.get("language") ?? "en", state, asked.get("all") === "true") };
  }
  if (path === "/api/session") {
    const you = { id: null, name: "", role: "owner", rights: ["analyse", "edit", "own", "read"] };
    return { status: 200, body: { timezone: "Europe/Moscow", accounts: false, may_begin: true, you } };
  }
  if (path === "/api/analyses/journey") {
    const body = fixture("journey");
    body.result.customer_id = url.searchParams.get("customer");
    return { status: 200, body };
  }
  if (path === "/api/analyses/touchpoint") {
    const body = fixture("touchpoint");
    body.result.touchpoint = url.searchParams.get("touchpoint");
    return { status: 200, body };
  }
  return error(404, "not_found", `No ${path}.`, "");
}

/** Answers from the fixtures, so that the page can be worked on without a workspace: `npm run mock`, then `/?mock=empty`. */
export function mockService(): Plugin {
  return {
    name: "mock-service",
    configureServer(server) {
      server.middlewares.use("/api", (request, response) => {
        const url = new URL(request.originalUrl ?? "/", "http://mock");
        const state = new URL(request.headers.referer ?? "http://mock").searchParams.get("mock") ?? "";
        const { status, body } = reply(url, state);
        const send = () => {
          response.statusCode = status;
          response.setHeader("Content-Type", "application/json");
          response.end(JSON.stringify(body));
        };
        if (state === "loading" || (state === "slow" && url.pathname === "/api/findings")) return;
        send();
      });
    },
  };
}
