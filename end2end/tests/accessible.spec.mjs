import AxeBuilder from "@axe-core/playwright";
import { test, expect, awake, OWNER, PAGES } from "./visitor.mjs";

async function violations(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

for (const colorScheme of ["light", "dark"]) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

    test("the sign-in page is accessible", async ({ page }) => {
      await page.goto("/sign-in");
      expect(await violations(page)).toEqual([]);
    });

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
