import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { mockService } from "./mock/service.ts";

// `vite` proxies to a running `tropa serve`; `vite --mode mock` answers from the fixtures instead.
export default defineConfig(({ mode }) => ({
  plugins: [react(), ...(mode === "mock" ? [mockService()] : [])],
  // The licences of what is bundled travel with it: most of them ask for that.
  build: {
    target: "es2022",
    // Browsers that know light-dark() themselves: rewritten for older ones it would not follow the switch of the page.
    cssTarget: ["chrome123", "edge123", "firefox120", "safari17.5"],
    chunkSizeWarningLimit: 900,
    license: { fileName: "licenses.md" },
  },
  server: {
    ...(mode === "mock" ? {} : { proxy: { "/api": process.env.TROPA_SERVICE ?? "http://127.0.0.1:8000" } }),
  },
}));
