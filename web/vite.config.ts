import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { mockService } from "./mock/service.ts";

/** The styles of the components come before the page's own, which are made to stand over them: as in `npm run dev`. */
const baseFirst: Plugin = {
  name: "base-first",
  transformIndexHtml: {
    order: "post",
    handler(html) {
      const base = /\s*<link rel="stylesheet"[^>]*\/base-[^>]*>/.exec(html)?.[0];
      return base
        ? html.replace(base, "").replace(/\s*<link rel="stylesheet"/, (first) => base + first)
        : html;
    },
  },
};

// `vite` proxies to a running `tropa serve`; `vite --mode mock` answers from the fixtures instead.
export default defineConfig(({ mode }) => ({
  plugins: [react(), baseFirst, ...(mode === "mock" ? [mockService()] : [])],
  // The licences of what is bundled travel with it: most of them ask for that.
  build: {
    target: "es2022",
    // Browsers that know light-dark() themselves: rewritten for older ones it would not follow the switch of the page.
    cssTarget: ["chrome123", "edge123", "firefox120", "safari17.5"],
    chunkSizeWarningLimit: 900,
    license: { fileName: "licenses.md" },
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: "base", test: /@mantine.*\.css$|ui\/tokens\.css$/ }] } },
    },
  },
  server: {
    ...(mode === "mock" ? {} : { proxy: { "/api": process.env.TROPA_SERVICE ?? "http://127.0.0.1:8000" } }),
  },
}));
