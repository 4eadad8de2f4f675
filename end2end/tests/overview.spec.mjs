import { test, expect, awake, OWNER } from "./visitor.mjs";

test.use({ storageState: OWNER });

test("the figures go live and move", async ({ page }) => {
  await page.goto("/");
  await awake(page);
  const tick = page.getByText("Tick", { exact: true }).locator("xpath=following-sibling::dd");
  const before = await tick.textContent();
  await expect(tick).not.toHaveText(before);
  await expect(page.getByTestId("Entities")).not.toHaveText("0");
});

test("pausing holds the picture still until it is resumed", async ({ page }) => {
  await page.goto("/");
  await awake(page);
  await page.getByRole("button", { name: "Pause live figures" }).click();
  await expect(page.getByTestId("link")).toContainText("Paused");
  const tick = page.getByText("Tick", { exact: true }).locator("xpath=following-sibling::dd");
  const held = await tick.textContent();
  await page.getByRole("button", { name: "Resume live figures" }).click();
  await expect(tick).not.toHaveText(held);
});

test("a lost link says so and comes back", async ({ page, quiet }) => {
  quiet.allow(/WebSocket/);
  let sever;
  await page.routeWebSocket(/\/ws\/observe$/, (socket) => {
    socket.connectToServer();
    sever = () => socket.close({ code: 1001 });
  });
  await page.goto("/");
  await awake(page);
  await sever();
  await expect(page.getByTestId("link")).toContainText("Reconnecting");
  await awake(page);
});
