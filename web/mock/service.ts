import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../src/fixtures/${name}.json`, import.meta.url), "utf8"));

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
        if (state === "loading") return;
        send();
      });
    },
  };
}
