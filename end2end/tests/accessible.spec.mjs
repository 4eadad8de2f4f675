import AxeBuilder from "@axe-core/playwright";
import { test, expect, awake, OWNER, PAGES } from "./visitor.mjs";
import { makeAccount } from "./accounts.mjs";

async function violations(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

for (const colorScheme of ["light", "dark"]) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

    for (const path of ["/sign-in", "/forgot-password", "/reset-password?token=x", "/verify-email?token=x"]) {
      test(`${path} is accessible to a visitor`, async ({ page }) => {
        await page.goto(path);
        expect(await violations(page)).toEqual([]);
      });
    }

    test.describe("for the owner", () => {
      test.use({ storageState: OWNER });

      for (const { path } of PAGES) {
        test(`${path} is accessible`, async ({ page }) => {
          await page.goto(path);
          await awake(page);
          expect(await violations(page)).toEqual([]);
        });
      }

      test("the inspector's tabs are accessible", async ({ page }) => {
        await page.goto("/world?x=96&z=96&zoom=2");
        await awake(page);
        await page.getByRole("application").focus();
        await page.keyboard.press("Enter");
        await expect(page.getByRole("region", { name: "Hash" })).toContainText("Equal");
        expect(await violations(page)).toEqual([]);
        for (const [name, content] of [["Entities", "entity-list"], ["Chunks", "chunk-summary"]]) {
          await page.getByRole("tab", { name }).click();
          await expect(page.getByTestId(content)).toBeVisible();
          expect(await violations(page), name).toEqual([]);
        }
      });

      test("a person's page and its dialogs are accessible", async ({ page, request }) => {
        const { id } = await makeAccount(request, { name: "Tess", prefix: "tess" });
        await page.goto(`/users/${id}`);
        await awake(page);
        expect(await violations(page)).toEqual([]);
        for (const name of ["Look as them", "Change role", "Ban"]) {
          await page.getByRole("button", { name }).click();
          await expect(page.getByRole("dialog").getByLabel("Why")).toBeVisible();
          expect(await violations(page), name).toEqual([]);
          await page.keyboard.press("Escape");
        }
      });

      test("the dialog for a key is accessible", async ({ page, request }) => {
        await makeAccount(request, { role: "service", name: "Bot", prefix: "bot" });
        await page.goto("/api-keys");
        await awake(page);
        await page.getByRole("button", { name: "Create a key" }).click();
        await expect(page.getByLabel("Account of the service")).toBeVisible();
        expect(await violations(page)).toEqual([]);
      });

      test("a role at work is accessible", async ({ page }) => {
        await page.goto("/roles");
        await awake(page);
        await page.getByRole("button", { name: "Make a role" }).click();
        await expect(page.getByRole("checkbox").first()).toBeVisible();
        expect(await violations(page)).toEqual([]);
      });

      test("the job dialog is accessible", async ({ page }) => {
        await page.goto("/jobs");
        await awake(page);
        await page.getByRole("button", { name: "Pre-generate a region" }).first().click();
        await expect(page.getByLabel("Region east (x)")).toBeVisible();
        expect(await violations(page)).toEqual([]);
      });
    });
  });
}
