import { test, expect, awake, OWNER, PAGES } from "./visitor.mjs";

test.use({ storageState: OWNER });

test("every part on the health page is well", async ({ page }) => {
  await page.goto("/health");
  await expect(page.getByRole("heading", { name: "Health" })).toBeVisible();
  await expect(page.getByTestId("part").first()).toBeVisible();
  for (const part of await page.getByTestId("part").all()) await expect(part).toContainText("Well");
});

test("the chosen theme survives a reload, without a flash", async ({ page }) => {
  await page.goto("/");
  await awake(page);
  const toggle = page.getByRole("button", { name: /^Theme:/ });
  const root = page.locator("html");
  await toggle.click();
  await expect(root).toHaveAttribute("data-theme", "light");
  await toggle.click();
  await expect(root).toHaveAttribute("data-theme", "dark");
  const html = await (await page.request.get("/")).text();
  expect(html, "the server renders the theme").toContain('data-theme="dark"');
  await page.reload();
  await expect(root).toHaveAttribute("data-theme", "dark");
  await toggle.click();
  await expect(root).not.toHaveAttribute("data-theme", /./);
});

test("what is pressed and entered before a page is awake is done once it is", async ({ page }) => {
  let wake;
  const asleep = new Promise((resolve) => (wake = resolve));
  await page.route(/\.wasm$/, async (route) => {
    await asleep;
    await route.continue();
  });
  await page.goto("/encounters?party=3x4&monsters=srd:ogre*2", { waitUntil: "commit" });
  await page.getByRole("button", { name: "Take Ogre out" }).click();
  await page.getByLabel("Add monsters").fill("stirge");
  await page.getByLabel("Add monsters").press("End");
  await expect(page.getByRole("button", { name: "Take Ogre out" }), "it waits, and says so").toHaveAttribute("aria-busy", "true");
  wake();
  await expect(page.getByText("Nobody to fight yet")).toBeVisible();
  await expect(page.getByRole("button", { name: "Add Stirge", exact: true })).toBeVisible();
  await expect(page.getByLabel("Add monsters")).toHaveValue("stirge");
});

test("the links lead through all pages without a reload", async ({ page }) => {
  await page.goto("/");
  await awake(page);
  await page.evaluate(() => (window.stillHere = true));
  const nav = page.getByRole("navigation", { name: "Main" });
  for (const name of ["World", "Jobs", "Health", "Overview"]) {
    await nav.getByRole("link", { name }).click();
    await expect(nav.getByRole("link", { name })).toHaveAttribute("aria-current", "page");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  expect(await page.evaluate(() => window.stillHere)).toBe(true);
});

test("the first tab stop skips to the content", async ({ page }) => {
  await page.goto("/health");
  await awake(page);
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the content" });
  await expect(skip).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#content")).toBeFocused();
});

test("an address that leads nowhere answers 404 and leads back", async ({ page, quiet }) => {
  quiet.allow(/404/);
  const response = await page.goto("/no/such/page");
  expect(response.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "This road ends here" })).toBeVisible();
  await page.getByRole("link", { name: "Back to the overview" }).click();
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
});

test("a browser without WebAssembly's vectors is told what to do instead of sleeping on", async ({ page }) => {
  // As such a browser answers to a module with vectors in it.
  await page.addInitScript(() => (WebAssembly.validate = () => false));
  await page.goto("/health");
  const told = page.getByRole("alert");
  await expect(told).toContainText("This browser is too old for the dashboard");
  await expect(told).toBeInViewport();
  await expect(page.getByRole("heading", { name: "Health" })).toBeVisible();
  expect(await page.getByTestId("link").textContent(), "the page stays as the server rendered it").not.toContain("Live");
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  for (const { path } of PAGES) {
    test(`${path} fits its width`, async ({ page }) => {
      await page.goto(path);
      await awake(page);
      await expect(page.getByRole("navigation", { name: "Main" })).toBeInViewport();
      // Not beside `innerWidth`: a phone zooms out until what is too wide fits it.
      const width = () => page.evaluate(() => document.documentElement.scrollWidth);
      await expect.poll(width).toBeLessThanOrEqual(390);
      // The narrowest that a page has to reflow to (WCAG 2.2, 1.4.10).
      await page.setViewportSize({ width: 320, height: 844 });
      await expect.poll(width).toBeLessThanOrEqual(320);
    });
  }

  test("listed chunks grow even where the small map doesn't show them", async ({ page }) => {
    await page.goto("/world?x=96&z=96&zoom=2");
    await awake(page);
    await page.getByRole("tab", { name: "Chunks" }).click();
    await expect(page.getByTestId("chunk-summary")).toContainText("36 of 36 chunks around the middle are equal");
  });
});
