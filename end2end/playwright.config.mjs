// Browser tests against a server that already runs. `cargo xtask test` starts one and says where it is:
//   REALMKEEP_BASE_URL, REALMKEEP_OWNER_EMAIL, REALMKEEP_OWNER_PASSWORD, and REALMKEEP_CHROMIUM for a browser elsewhere.
import { defineConfig } from "@playwright/test";

const { REALMKEEP_BASE_URL, REALMKEEP_BROWSER_RESULTS, REALMKEEP_CHROMIUM } = process.env;
if (!REALMKEEP_BASE_URL) {
  throw new Error("REALMKEEP_BASE_URL is not set: run the browser tests with `cargo xtask test`");
}

export default defineConfig({
  testDir: "tests",
  // Two runs at once must not share it.
  outputDir: REALMKEEP_BROWSER_RESULTS ?? "results",
  // A slow machine is no failure; what never comes is.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  // Files run side by side, and the stories of a file one after the other: what a story pauses or drafts, another file leaves alone.
  workers: 2,
  retries: 0,
  forbidOnly: true,
  reporter: [["list"], ["html", { outputFolder: "report", open: "never" }]],
  use: {
    baseURL: REALMKEEP_BASE_URL,
    viewport: { width: 1280, height: 800 },
    actionTimeout: 30_000,
    navigationTimeout: 30_000,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: REALMKEEP_CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "sign in once", testMatch: /once\.setup\.mjs/ },
    { name: "dashboard", testMatch: /.*\.spec\.mjs/, dependencies: ["sign in once"] },
  ],
});
