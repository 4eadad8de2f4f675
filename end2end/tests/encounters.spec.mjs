import { test, expect, awake, OWNER } from "./visitor.mjs";

test.use({ storageState: OWNER });

test("a fight is weighed as it is put together, and the address keeps it", async ({ page }) => {
  await page.goto("/encounters");
  await awake(page);
  await expect(page.getByText("Nobody to fight yet")).toBeVisible();

  await page.getByLabel("Add monsters").fill("ogre");
  await page.getByRole("button", { name: "Add Ogre", exact: true }).click();
  const ogre = page.getByTestId("monster").filter({ hasText: "challenge 2" });
  await expect(ogre).toBeVisible();
  await expect(page.getByTestId("peril")).toHaveText("Easy");

  await page.getByRole("button", { name: "One Ogre more" }).click();
  await expect(page.getByTestId("peril")).toHaveText("Hard");
  await expect(page.getByTestId("Adjusted experience")).toHaveText("1\u202f350");
  await expect(page).toHaveURL(/monsters=srd(:|%3A)ogre(\*|%2A)2/);

  await page.getByRole("button", { name: "One more of level 3" }).click();
  await page.getByRole("button", { name: "One more of level 3" }).click();
  await expect(page.getByTestId("peril")).toHaveText("Medium");
  await page.reload();
  await awake(page);
  await expect(page.getByTestId("peril")).toHaveText("Medium");
  await page.getByRole("button", { name: "Take Ogre out" }).click();
  await expect(page.getByText("Nobody to fight yet")).toBeVisible();
});

test("what the address asks for wrongly is told and not guessed", async ({ page, quiet }) => {
  quiet.allow(/status of 4\d\d/);
  await page.goto("/encounters?monsters=srd:no-such-thing");
  await expect(page.getByText("there is no monster")).toBeVisible();
});

test("a roll shows where each part comes from, and its exact chance", async ({ page }) => {
  await page.goto("/roller?roll=1d20%20%2B%205%20%5BStrength%5D&against=15");
  await awake(page);
  await expect(page.getByTestId("chance")).toHaveText("15 or more: 55.00 %");
  await page.getByRole("button", { name: "Advantage", exact: true }).click();
  await expect(page.getByTestId("chance")).toHaveText("15 or more: 79.75 %");
  await page.getByRole("button", { name: "Roll", exact: true }).click();
  const total = Number(await page.getByTestId("total").textContent());
  expect(total).toBeGreaterThanOrEqual(6);
  expect(total).toBeLessThanOrEqual(25);
  await expect(page.getByRole("table")).toContainText("Strength");
  await expect(page.getByTestId("chart")).toHaveAttribute("aria-label", /totals from 6 to 25/);
  await page.getByRole("textbox", { name: "Roll" }).fill("1d6e6");
  await page.getByRole("textbox", { name: "Roll" }).press("Enter");
  await expect(page.getByTestId("chart")).toHaveAttribute("aria-label", /totals of 1 and more/);
  await page.getByRole("textbox", { name: "Roll" }).fill("1d20 +");
  await page.getByRole("textbox", { name: "Roll" }).press("Enter");
  await expect(page.getByText(/at character \d+: expected/)).toBeVisible();
});

test("what is not played yet is told row by row", async ({ page }) => {
  await page.goto("/coverage");
  const spells = page.getByTestId("group").filter({ hasText: "spells" });
  await expect(spells).toContainText("of 319");
  await page.goto("/compendium/spells/srd:fireball");
  await expect(page.getByTestId("effect-tree")).toContainText("8d6");
});
