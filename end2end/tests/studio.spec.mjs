import { test, expect, awake, OWNER } from "./visitor.mjs";

test.use({ storageState: OWNER });
// One world and one draft: the stories follow each other.
test.describe.configure({ mode: "serial" });

const WHERE = "/studio?x=2048&z=2048&zoom=1";

async function open(page, where = WHERE) {
  await page.goto(where);
  await awake(page);
  await expect(page.locator(".cm-content")).toBeVisible();
  await drawn(page);
}

/** Waits until the draft's map is drawn in full. */
async function drawn(page) {
  const map = page.getByRole("application", { name: "Map of the draft" });
  await expect(map).toHaveAttribute("data-growing", "0");
  await expect(page.getByTestId("legend")).toContainText("%");
}

/** A fingerprint of what a map shows. */
const picture = (page, name = "Map of the draft") =>
  page.getByRole("application", { name }).evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let sum = 0;
    for (let i = 0; i < data.length; i += 4 * 31) sum = (sum * 31 + data[i] + data[i + 1] * 3 + data[i + 2] * 7) >>> 0;
    return sum;
  });

async function discard(page) {
  const button = page.getByRole("button", { name: "Discard" }).first();
  if (await button.isVisible()) {
    await button.click();
    await page.getByRole("dialog").getByRole("button", { name: "Discard" }).click();
    await expect(page.getByTestId("draft-state")).toContainText("No draft");
  }
}

test("a slider rewrites the recipe and the map follows", async ({ page }) => {
  await open(page);
  const before = await picture(page);
  await page.getByRole("slider", { name: "warmth" }).fill("0.3");
  await expect(page.getByTestId("draft-state")).toContainText("Unsaved changes");
  await expect.poll(() => picture(page)).not.toBe(before);
  await expect(page.getByRole("slider", { name: "warmth" })).toHaveValue("0.3");
  await page.getByRole("region", { name: "Parameters" }).getByRole("slider", { name: "warmth" }).fill("0.58");
  await drawn(page);
});

test("the recipe is written in letters of one width, as YAML's indents want it", async ({ page }) => {
  await open(page);
  const family = await page.locator(".cm-content").evaluate((content) => getComputedStyle(content).fontFamily);
  expect(family).toMatch(/monospace$/);
});

test("a slip of the pen is marked where it stands, with what was meant", async ({ page }) => {
  await open(page);
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("formatt: 1\n");
  await page.getByRole("tab", { name: "Faults" }).click();
  await expect(page.getByTestId("faults")).toContainText("unknown key `formatt`");
  await expect(page.getByTestId("faults")).toContainText("did you mean `format`?");
  await expect(page.locator(".cm-lint-marker-error").first()).toBeVisible();
  await expect(page.getByTestId("draft-state").locator("xpath=..")).toContainText("error");
  await expect(page.getByRole("button", { name: "Publish…" })).toBeDisabled();
  await page.keyboard.press("Control+z");
});

test("keys and names are completed from the schema and the recipe", async ({ page }) => {
  await open(page);
  await page.locator(".cm-content").click();
  const options = page.locator(".cm-tooltip-autocomplete");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("layers: {old: {step: fb", { delay: 20 });
  await page.keyboard.press("Control+Space");
  await expect(options).toContainText("fbm");
  // A list that has just opened takes no answer for 75 ms, lest somebody choose what they have not seen.
  await page.waitForTimeout(200);
  await page.keyboard.press("Enter");
  await expect(options).toBeHidden();
  await page.keyboard.type(", wave", { delay: 20 });
  await page.keyboard.press("Control+Space");
  await expect(options).toContainText("wavelength");
  await page.keyboard.press("Escape");
});

test("each layer can be looked at, and what is seen is counted", async ({ page }) => {
  await open(page);
  const seen = new Set([await picture(page)]);
  for (const layer of ["height", "slope", "biome", "temperature", "humidity", "material", ":plates"]) {
    await page.getByLabel("Layer").selectOption(layer);
    await expect(page.getByRole("application", { name: "Map of the draft" })).toHaveAttribute("data-growing", "0");
    await expect.poll(async () => seen.has(await picture(page))).toBe(false);
    seen.add(await picture(page));
  }
  await expect(page.getByTestId("legend")).toContainText("Median");
  await page.getByLabel("Layer").selectOption("land");
  await page.getByRole("button", { name: "Blocked" }).click();
  await expect(page.getByRole("button", { name: "Blocked" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "Grid" }).click();
  await expect.poll(async () => seen.has(await picture(page))).toBe(false);
});

test("a place explains itself, and its chunk is the server's", async ({ page }) => {
  await open(page);
  await page.getByRole("application", { name: "Map of the draft" }).focus();
  await page.keyboard.press("Enter");
  const told = page.getByTestId("explained");
  await expect(told).toContainText("2048 m east, 2048 m south");
  await expect(told).toContainText(/no snow: .* line \d+/);
  await expect(told.getByRole("region", { name: "Layers" })).toContainText("plates");
  await expect(page.getByTestId("hash")).toContainText("Equal to the server’s");
});

test("the recipe's own tests run on what is written", async ({ page }) => {
  await open(page);
  const tests = page.getByTestId("tests");
  await expect(tests).toContainText("ocean share");
  await expect(tests.getByText("Holds").first()).toBeVisible();
});

test("a draft is kept, published with what it changes, compared, and taken back", async ({ page }) => {
  await open(page);
  await page.getByRole("slider", { name: "warmth" }).fill("0.5");
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page.getByTestId("draft-state")).toContainText("Draft 1, saved by");
  await page.reload();
  await awake(page);
  await expect(page.getByTestId("draft-state")).toContainText("Draft 1, saved by");
  await expect(page.getByRole("slider", { name: "warmth" })).toHaveValue("0.5");

  await page.getByRole("combobox", { name: "Beside it" }).selectOption("1");
  const other = page.getByRole("application", { name: "Map of the version beside it" });
  await expect(other).toHaveAttribute("data-growing", "0");
  await expect.poll(() => picture(page, "Map of the version beside it")).not.toBe(0);
  await page.getByRole("combobox", { name: "Beside it" }).selectOption("");

  await page.getByRole("button", { name: "Publish…" }).click();
  const dialog = page.getByRole("dialog", { name: "Publish the draft" });
  await expect(dialog.getByTestId("changes")).toContainText("params.warmth");
  await expect(dialog.getByTestId("changes")).toContainText("value 0.58 → 0.5");
  await expect(dialog).toContainText("Terrain changes");
  await dialog.getByLabel("Why").fill("a cooler world");
  await dialog.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(page.getByText("Version 2 waits for the next start")).toBeVisible();
  await expect(page.getByTestId("draft-state")).toContainText("No draft");

  await page.getByRole("button", { name: "History" }).click();
  const history = page.getByRole("dialog", { name: "History of the recipe" });
  await expect(history).toContainText("“a cooler world”");
  await history.getByRole("listitem").filter({ hasText: "Version 1" }).getByRole("button", { name: "Go back to it…" }).last().click();
  await history.getByLabel("Why").fill("warm after all");
  await history.getByRole("button", { name: "Go back", exact: true }).click();
  await expect(page.getByText("Version 3 waits for the next start")).toBeVisible();
  await expect(page.getByRole("slider", { name: "warmth" })).toHaveValue("0.58");
});

test("the draft that a story left is thrown away", async ({ page }) => {
  await open(page);
  await page.getByRole("slider", { name: "warmth" }).fill("0.4");
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page.getByTestId("draft-state")).toContainText("saved by");
  await discard(page);
  await expect(page.getByRole("slider", { name: "warmth" })).toHaveValue("0.58");
});

test("the map's address is a link to what is seen", async ({ page }) => {
  await open(page);
  await page.getByRole("application", { name: "Map of the draft" }).focus();
  await page.keyboard.press("Shift+ArrowRight");
  await expect.poll(() => new URL(page.url()).searchParams.get("x")).toBe("2112");
  await page.keyboard.press("-");
  await expect.poll(() => Number(new URL(page.url()).searchParams.get("zoom"))).toBeLessThan(1);
});

test("on a phone nothing is wider than the screen", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);
});
