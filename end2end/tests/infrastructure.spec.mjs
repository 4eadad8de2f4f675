import { test, expect, awake, because, OWNER } from "./visitor.mjs";

test.use({ storageState: OWNER });

test("every node says who does its work and how it is", async ({ page }) => {
  await page.goto("/infrastructure");
  await awake(page);
  const nodes = page.getByTestId("node");
  await expect(nodes).toHaveCount(7);
  await expect(nodes.filter({ has: page.getByRole("heading", { name: "cache" }) }).getByTestId("driver")).toHaveText("moka");
  await expect(page.getByText("Well").first()).toBeVisible();
});

test("a cache is tried out, swapped, and taken back", async ({ page, quiet }) => {
  quiet.allow(/422 \(Unprocessable Entity\)/);
  await page.goto("/infrastructure");
  await awake(page);
  const cache = page.getByTestId("node").filter({ has: page.getByRole("heading", { name: "cache" }) });
  await cache.getByRole("button", { name: "Change" }).click();
  const dialog = page.getByRole("dialog", { name: /Change/ });
  await dialog.getByLabel("Memory mib").fill("0");
  await dialog.getByRole("button", { name: "Swap" }).click();
  await expect(dialog.getByText("Say why, in at least three characters.")).toBeVisible();
  await dialog.getByLabel("Why").fill("a test");
  await dialog.getByRole("button", { name: "Swap" }).click();
  await expect(dialog.getByText("memory_mib")).toBeVisible();
  await dialog.getByLabel("Memory mib").fill("16");
  await dialog.getByRole("button", { name: "Try it out" }).click();
  await expect(dialog.getByText("It would work")).toBeVisible();
  await dialog.getByRole("button", { name: "Swap" }).click();
  await expect(dialog).toBeHidden();
  await cache.getByRole("button", { name: "History" }).click();
  const history = page.getByRole("dialog", { name: /History/ });
  await expect(history.getByText("“a test”")).toBeVisible();
  await expect(history.getByText('"memory_mib": 16')).toBeVisible();
  await history.getByRole("button", { name: "Take the last swap back" }).click();
  await expect(history).toBeHidden();
  await because(page, /Take the last swap of/, "Take it back", "it was a test");
  await cache.getByRole("button", { name: "History" }).click();
  await expect(history.getByText("Done")).toHaveCount(2);
  await expect(history.getByText("“it was a test”")).toBeVisible();
});
