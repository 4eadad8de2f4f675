import { test, expect, awake, OWNER } from "./visitor.mjs";

test.use({ storageState: OWNER });

const query = (page) => new URL(page.url()).searchParams;

test("a chunk grown in the browser has the server's hash", async ({ page }) => {
  await page.goto("/world?x=96&z=96&zoom=2");
  await awake(page);
  await page.getByRole("application", { name: "Map of the world" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("cell-name")).toHaveText("Cell 1, 1");
  const hash = page.getByRole("region", { name: "Hash" });
  await expect(hash).toContainText("Equal");
  const browser = await page.getByTestId("browser-hash").textContent();
  const server = await page.getByTestId("server-hash").textContent();
  expect(browser.trim()).toMatch(/^[0-9a-f]{64}$/);
  expect(browser.trim()).toBe(server.trim());
});

test("the table compares all chunks around the middle, far from the origin too", async ({ page }) => {
  await page.goto("/world?x=-1000000&z=765432&zoom=2");
  await awake(page);
  await page.getByRole("tab", { name: "Chunks" }).click();
  await expect(page.getByTestId("chunk-summary")).toContainText("36 of 36 chunks around the middle are equal");
  await expect(page.getByRole("row")).toHaveCount(37);
});

test("the map moves and zooms by keyboard, and its address follows", async ({ page }) => {
  await page.goto("/world?x=96&z=96&zoom=2");
  await awake(page);
  const map = page.getByRole("application", { name: "Map of the world" });
  await map.focus();
  await page.keyboard.press("Shift+ArrowRight");
  await expect.poll(() => query(page).get("x")).toBe("160");
  await page.keyboard.press("Shift+ArrowUp");
  await expect.poll(() => query(page).get("z")).toBe("32");
  await page.keyboard.press("+");
  await expect.poll(() => query(page).get("zoom")).toBe("3.00");
  await page.reload();
  await expect(page.getByTestId("readout")).toContainText("Cell 2, 0");
});

test("dragging pans and the wheel zooms", async ({ page }) => {
  await page.goto("/world?x=96&z=96&zoom=2");
  await awake(page);
  const box = await page.getByRole("application", { name: "Map of the world" }).boundingBox();
  const [left, top] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(left, top);
  await page.mouse.down();
  await page.mouse.move(left - 128, top, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => query(page).get("x")).toBe("160");
  await page.mouse.wheel(0, -240);
  await expect.poll(() => Number(query(page).get("zoom"))).toBeGreaterThan(2);
});

test("entities stand in the list, and one of them is seen walking", async ({ page }) => {
  await page.goto("/world");
  await awake(page);
  await page.getByRole("tab", { name: "Entities" }).click();
  const list = page.getByTestId("entity-list");
  await expect(list.getByRole("button").nth(3)).toBeVisible();
  const places = async () => (await list.getByRole("button").allTextContents()).join("|");
  const before = await places();
  await expect.poll(places).not.toBe(before);
  await list.getByRole("button").first().click();
  await expect(page.getByTestId("entity-name")).not.toHaveText("Gone");
  await page.getByRole("button", { name: "Inspect its cell" }).click();
  await expect(page.getByRole("region", { name: "Hash" })).toContainText("Equal");
});

test("the terrain is drawn, not just described", async ({ page }) => {
  await page.goto("/world?x=96&z=96&zoom=2");
  await expect(page.getByTestId("readout")).not.toContainText("growing");
  await expect(page.getByTestId("readout")).toContainText(" m ");
  const colours = await page.getByRole("application").evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const seen = new Set();
    for (let i = 0; i < data.length; i += 4 * 97) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
    return seen.size;
  });
  expect(colours).toBeGreaterThan(20);
});

test("a chunk can be downloaded in its three forms", async ({ page }) => {
  await page.goto("/world?x=96&z=96&zoom=2");
  await awake(page);
  await page.getByRole("application").focus();
  await page.keyboard.press("Enter");
  for (const form of ["bin", "r16", "png"]) {
    const link = page.getByRole("link", { name: `.${form}` });
    const response = await page.request.get(await link.getAttribute("href"));
    expect(response.status(), form).toBe(200);
    expect((await response.body()).length, form).toBeGreaterThan(100);
  }
});

test("a typed place comes into the middle", async ({ page }) => {
  await page.goto("/world?x=96&z=96&zoom=2");
  await awake(page);
  await page.getByLabel(/^Go to a place/).fill("-640, 1280");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("readout")).toContainText("Cell -10, 20");
});
