// What the tests share: a visitor who listens to the browser's console, and the owner's way in.
import { test as base, expect } from "@playwright/test";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The owner's cookies, written once by `once.setup.mjs`. */
export const OWNER = path.join(
  process.env.REALMKEEP_BROWSER_RESULTS ?? fileURLToPath(new URL("../results", import.meta.url)),
  "owner.json",
);

export const PAGES = [
  { path: "/", heading: "Overview" },
  { path: "/world", heading: null },
  { path: "/jobs", heading: "Jobs" },
  { path: "/health", heading: "Health" },
];

/**
 * Every test fails on what the console complains of: hydration mismatches, refused scripts, failed requests.
 * `quiet.allow(pattern)` lets a test say which complaint it provokes itself.
 */
export const test = base.extend({
  quiet: [
    async ({ page }, use) => {
      const complaints = [];
      const allowed = [];
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
      });
      page.on("pageerror", (error) => complaints.push(`thrown: ${error.message}`));
      await use({ allow: (pattern) => allowed.push(pattern) });
      const unexpected = complaints.filter((complaint) => !allowed.some((pattern) => pattern.test(complaint)));
      expect(unexpected, "the console stays silent").toEqual([]);
    },
    { auto: true },
  ],
});

/** Fills in the sign-in form and sends it. */
export async function signIn(page, email, password) {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Waits until the page's script has taken over: only then does the live link come up. */
export async function awake(page) {
  await expect(page.getByTestId("link")).toContainText("Live");
}

export { expect };
