// Which role may do what, and roles that an installation makes for itself.
import { test, expect, awake, because, signIn, OWNER } from "./visitor.mjs";
import { makeAccount, ownerToken } from "./accounts.mjs";

test.use({ storageState: OWNER });

const columnOf = (page, name) => page.getByTestId("role").filter({ hasText: name });

test("the matrix tells what each role may do", async ({ page }) => {
  await page.goto("/roles");
  await awake(page);
  const row = page.getByRole("row").filter({ hasText: "manage_owners" });
  await expect(row.getByText("yes")).toHaveCount(1);
  await expect(page.getByRole("columnheader", { name: /Game master/ })).toBeVisible();
  await page.getByRole("link", { name: "Analyst" }).click();
  await expect(page).toHaveURL(/\/users\?role=analyst/);
});

test("a role is made by keyboard, changed, and removed with a reason", async ({ page }) => {
  const name = `Host ${Date.now()}`;
  await page.goto("/roles");
  await awake(page);
  await page.getByRole("button", { name: "Make a role" }).press("Enter");
  const bench = page.getByRole("form", { name: "A new role" });
  await expect(bench.getByRole("button", { name: "Keep it" })).toBeDisabled();
  await bench.getByLabel("Name").fill(name);
  await bench.getByLabel("What it is for").fill("Looks after newcomers");
  await page.getByRole("checkbox").first().press("Space");
  const ticked = page.getByRole("checkbox", { checked: true });
  await expect(ticked).toHaveCount(1);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await expect(ticked).toHaveCount(2);
  await expect(bench).toContainText("2 so far");
  await bench.getByRole("button", { name: "Keep it" }).press("Enter");
  await because(page, "Make this role?", "Make the role");
  await expect(bench).toBeHidden();
  await expect(columnOf(page, name)).toContainText("2");

  await page.getByRole("button", { name: `Change ${name}` }).click();
  const change = page.getByRole("form", { name: "Change a role" });
  await change.getByLabel("Name").fill(`${name} of the gate`);
  await ticked.first().uncheck();
  await change.getByRole("button", { name: "Keep it" }).click();
  await because(page, "Change this role?", "Change the role", "one thing too many");
  await expect(columnOf(page, `${name} of the gate`)).toContainText("1");

  await page.getByRole("button", { name: `Remove ${name} of the gate` }).click();
  await because(page, `Remove ${name} of the gate?`, "Remove the role");
  await expect(columnOf(page, name)).toHaveCount(0);
  await page.goto("/audit?action=role.change");
  await awake(page);
  await expect(page.getByTestId("entry").first()).toContainText("one thing too many");
});

test("a name that is taken, and a role that somebody has, are refused with the reason", async ({ page, request, quiet }) => {
  quiet.allow(/409|422/);
  const owner = { authorization: `Bearer ${await ownerToken(request)}` };
  const name = `Warden ${Date.now()}`;
  const made = await request.post("/api/v1/roles", {
    headers: owner,
    data: { name, description: "", permissions: ["view_jobs"], reason: "a browser test" },
  });
  const { id } = await made.json();
  const player = await makeAccount(request, { name: "Rook", prefix: "rook" });
  const given = await request.post(`/api/v1/users/${player.id}/grants`, { headers: owner, data: { role_id: id, reason: "a browser test" } });
  expect(given.status()).toBe(201);
  await page.goto("/roles");
  await awake(page);
  await page.getByRole("button", { name: `Remove ${name}` }).click();
  const dialog = page.getByRole("dialog", { name: `Remove ${name}?` });
  await dialog.getByRole("textbox", { name: "Why" }).fill("a browser test");
  await dialog.getByRole("button", { name: "Remove the role" }).click();
  await expect(dialog.getByRole("alert")).toContainText("accounts that have this role: 1");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Make a role" }).click();
  await page.getByRole("form", { name: "A new role" }).getByLabel("Name").fill(name.toUpperCase());
  await page.getByRole("checkbox").first().check();
  await page.getByRole("button", { name: "Keep it" }).click();
  const make = page.getByRole("dialog", { name: "Make this role?" });
  await make.getByRole("textbox", { name: "Why" }).fill("a browser test");
  await make.getByRole("button", { name: "Make the role" }).click();
  await expect(make.getByRole("alert")).toContainText("there is a role of that name already");
});

test.describe("for an administrator", () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test("what they may not do themselves can neither be given nor changed", async ({ page, request }) => {
    const owner = { authorization: `Bearer ${await ownerToken(request)}` };
    const name = `Deputy ${Date.now()}`;
    await request.post("/api/v1/roles", {
      headers: owner,
      data: { name, description: "", permissions: ["manage_owners"], reason: "a browser test" },
    });
    const admin = await makeAccount(request, { role: "administrator", name: "Ada", prefix: "ada" });
    await page.goto("/sign-in?next=%2Froles");
    await signIn(page, admin.email, admin.password);
    await awake(page);
    await expect(columnOf(page, name)).toContainText("It allows more than you may do.");
    await expect(page.getByRole("button", { name: `Change ${name}` })).toHaveCount(0);
    await page.getByRole("button", { name: "Make a role" }).click();
    await expect(page.getByRole("row").filter({ hasText: "manage_owners" }).getByRole("checkbox")).toBeDisabled();
    await expect(page.getByRole("row").filter({ hasText: "view_jobs" }).getByRole("checkbox")).toBeEnabled();
  });
});
