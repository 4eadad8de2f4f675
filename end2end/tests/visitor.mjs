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
  { path: "/studio", heading: "Studio" },
  { path: "/jobs", heading: "Jobs" },
  { path: "/pipelines", heading: "Pipelines" },
  { path: "/events", heading: "Events" },
  { path: "/health", heading: "Health" },
  { path: "/infrastructure", heading: "Infrastructure" },
  { path: "/characters", heading: "Characters" },
  { path: "/characters/new", heading: "New character" },
  { path: "/compendium", heading: "Compendium" },
  { path: "/compendium/spells/srd:fireball", heading: "Fireball" },
  { path: "/account", heading: "My account" },
  { path: "/users", heading: "Users" },
  { path: "/roles", heading: "Roles" },
  { path: "/audit", heading: "Audit log" },
  { path: "/api-keys", heading: "API keys" },
  { path: "/coverage", heading: "Coverage" },
  { path: "/encounters?party=3x4&monsters=srd:ogre*2", heading: "Encounters" },
  { path: "/roller?roll=1d20%20%2B%205%20%5BStrength%5D&against=15", heading: "Roller" },
];

/**
 * Every test fails on what the console complains of: hydration mismatches, refused scripts, failed requests.
 * `quiet.allow(pattern)` lets a test say which complaint it provokes itself.
 */
export const test = base.extend({
  quiet: [
    async ({ page }, use) => {
      const complaints = [];
      // How long a font waits for its text says how busy the machine is, and nothing about the page.
      // And the tests themselves read pictures back.
      const allowed = [/was preloaded using link preload but not used/, /willReadFrequently/];
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

/** Gives the reason that a dialog asks for, and lets it be done. */
export async function because(page, name, verb, reason = "a browser test") {
  const dialog = page.getByRole("dialog", { name });
  await dialog.getByRole("textbox", { name: "Why" }).fill(reason);
  await dialog.getByRole("button", { name: verb, exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** Waits until the page's script has taken over: only then does the live link come up. */
export async function awake(page) {
  await expect(page.getByTestId("link")).toContainText("Live");
}

export { expect };
