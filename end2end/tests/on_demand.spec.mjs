// What is fetched when: the first page stays light, the others come when they are opened.
import { test, expect, awake, OWNER } from "./visitor.mjs";

test.use({ storageState: OWNER });

/** The names of the WASM modules that the page and its workers ask for from now on. */
function modules(page) {
  const asked = [];
  page.context().on("request", (request) => {
    const name = new URL(request.url()).pathname.split("/").at(-1);
    if (name.endsWith(".wasm")) asked.push(name);
  });
  return asked;
}

test("the first page fetches its own module and no other page's", async ({ page }) => {
  const asked = modules(page);
  await page.goto("/");
  await awake(page);
  expect([...new Set(asked)]).toEqual(["realmkeep.wasm"]);
});

test("an area's module comes with the first of its pages that is opened, and only once", async ({ page }) => {
  await page.goto("/");
  await awake(page);
  const asked = modules(page);
  await page.getByRole("link", { name: "Jobs" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Jobs" })).toBeVisible();
  expect(asked.filter((name) => name === "split_staff.wasm")).toHaveLength(1);
  await page.getByRole("link", { name: "Health" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Health" })).toBeVisible();
  await page.getByRole("link", { name: "Jobs" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Jobs" })).toBeVisible();
  expect(asked.filter((name) => name === "split_staff.wasm")).toHaveLength(1);
});

test("terrain is fetched by workers, not by the map's page", async ({ page }) => {
  const asked = modules(page);
  await page.goto("/world?x=96&z=96&zoom=2");
  await expect(page.getByTestId("readout")).toContainText(" m ");
  const terrain = asked.filter((name) => name.includes("terrain"));
  expect(terrain.length).toBeGreaterThan(0);
});

test("a tab of another build fetches nothing of this one, and says so", async ({ page }) => {
  await page.goto("/");
  await awake(page);
  await page.evaluate(() => (performance.now = () => 1e9));
  await page.route("/pkg/realmkeep.wasm", (route) =>
    route.request().method() === "HEAD" ? route.fulfill({ headers: { etag: '"another"' } }) : route.continue(),
  );
  const asked = modules(page);
  await page.getByRole("link", { name: "Jobs" }).click();
  await expect(page.getByText("Realmkeep was renewed")).toBeVisible();
  expect(asked.filter((name) => name !== "realmkeep.wasm")).toEqual([]);
  await page.unroute("/pkg/realmkeep.wasm");
  await page.getByRole("button", { name: "Load again" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Jobs" })).toBeVisible();
});

test("a page that can't be fetched says so and can be tried again", async ({ page, quiet }) => {
  quiet.allow(/Failed to load resource|Failed to fetch|ERR_FAILED/);
  await page.goto("/");
  await awake(page);
  await page.route("**/split_staff.wasm", (route) => route.abort());
  await page.getByRole("link", { name: "Jobs" }).click();
  await expect(page.getByText("The page could not be fetched")).toBeVisible();
  await page.unroute("**/split_staff.wasm");
  await page.getByRole("button", { name: "Load again" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Jobs" })).toBeVisible();
});
