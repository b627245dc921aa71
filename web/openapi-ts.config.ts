import { defineConfig } from "@hey-api/openapi-ts";

// The client is generated from the service's own description and committed: `npm run generate`.
export default defineConfig({
  input: "openapi.json",
  output: { path: "src/api" },
  plugins: ["@hey-api/client-fetch", "@hey-api/typescript", "@hey-api/sdk"],
});
