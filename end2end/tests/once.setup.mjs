// Signs the owner in once; the other tests start with these cookies.
import { test as setup, expect } from "@playwright/test";
import { OWNER, signIn } from "./visitor.mjs";

setup("the owner signs in", async ({ page }) => {
  await page.goto("/sign-in");
  await signIn(page, process.env.REALMKEEP_OWNER_EMAIL, process.env.REALMKEEP_OWNER_PASSWORD);
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await page.context().storageState({ path: OWNER });
});
