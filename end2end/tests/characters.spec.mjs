import { makeAccount, token } from "./accounts.mjs";
import { test, expect, awake, OWNER } from "./visitor.mjs";

test.use({ storageState: OWNER });

/** A name that no other run has taken: letters only. */
function someName() {
  const letters = Array.from({ length: 8 }, () => "abcdefghijklmnopqrstuvwxyz"[Math.floor(Math.random() * 26)]);
  return `Bru${letters.join("")}`;
}

async function openBuilder(page) {
  await page.goto("/characters/new");
  await awake(page);
  await expect(page.getByRole("radio", { name: /^Dwarf/ })).toBeVisible();
}

test("a figure of the sheet follows a choice and tells where it comes from", async ({ page }) => {
  await openBuilder(page);
  const vitals = page.getByTestId("vitals");
  await expect(vitals).toContainText("30 ft");
  await page.getByRole("radio", { name: /^Dwarf/ }).check();
  await expect(vitals).toContainText("25 ft");
  await page.getByLabel("Armour class: where it comes from").click();
  await expect(vitals.getByText("Chain Mail")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(vitals.getByText("Chain Mail")).toBeHidden();
});

test("points can't be overspent", async ({ page }) => {
  await openBuilder(page);
  await page.getByRole("button", { name: "Abilities" }).click();
  await page.getByRole("radio", { name: /^27 points/ }).check();
  const more = page.getByRole("button", { name: "More Strength" });
  for (let score = 8; score < 15; score += 1) await more.click();
  await expect(more).toBeDisabled();
  await expect(page.getByText("18 of 27 points left")).toBeVisible();
});

test("a wizard is made, levelled and rested", async ({ page }) => {
  await openBuilder(page);
  await page.getByRole("button", { name: "Class" }).click();
  await page.getByRole("radio", { name: /^Wizard/ }).check();
  await page.getByRole("button", { name: "Fill in the rest" }).click();
  await expect(page.getByRole("button", { name: /open$/ })).toHaveCount(0);
  const name = someName();
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Create the character" }).click();

  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await page.getByLabel("Experience points").fill("300");
  await page.getByLabel("Reason, for the audit").fill("a first walk");
  await page.getByRole("button", { name: "Award" }).click();
  await page.getByRole("button", { name: "Take the level" }).click();
  await expect(page.getByText("Level 2 reached")).toBeVisible();
  await page.getByRole("button", { name: "Long rest" }).click();
  await expect(page.getByText(/Slept well/)).toBeVisible();

  await page.reload();
  await awake(page);
  await page.getByLabel("Wizard save DC: where it comes from").click();
  await expect(page.getByText("Wizard save DC", { exact: true })).toBeVisible();

  await page.goto(`/characters?name=${name}`);
  await awake(page);
  await expect(page.getByRole("link", { name })).toBeVisible();
});

test("somebody else's character is changed for a reason alone", async ({ page, request }) => {
  const player = await makeAccount(request, { name: "Fen", prefix: "fen" });
  const headers = { authorization: `Bearer ${await token(request, player.email)}` };
  const made = await request.post("/api/v1/characters", { headers, data: { name: someName(), race: "elf" } });
  const { id } = await made.json();
  await page.goto(`/characters/${id}`);
  await awake(page);
  await page.getByRole("button", { name: "Long rest" }).click();
  const reason = page.getByRole("region", { name: "Reason" });
  await expect(reason).toContainText("Say why, in at least three characters.");
  await reason.getByRole("textbox", { name: "Why" }).fill("fell into the well");
  await page.getByRole("button", { name: "Long rest" }).click();
  await expect(page.getByText(/Slept well/)).toBeVisible();
  await page.goto(`/audit?subject=${encodeURIComponent(`character ${id}`)}&action=character.rest`);
  await expect(page.getByTestId("entry")).toContainText("fell into the well");
});

test("on a phone the builder does not scroll sideways", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openBuilder(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
