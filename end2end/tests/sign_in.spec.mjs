import { test, expect, signIn } from "./visitor.mjs";

const { REALMKEEP_OWNER_EMAIL: EMAIL, REALMKEEP_OWNER_PASSWORD: PASSWORD } = process.env;

test("a stranger is sent to sign in, and afterwards to the page that was wanted", async ({ page }) => {
  await page.goto("/jobs");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await signIn(page, EMAIL, PASSWORD);
  await expect(page).toHaveURL(/\/jobs$/);
  await expect(page.getByRole("heading", { name: "Jobs", level: 1 })).toBeVisible();
});

test("what a wanted page was asked to show is still asked for after the sign-in", async ({ page }) => {
  await page.goto("/users?search=mira&role=player");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await signIn(page, EMAIL, PASSWORD);
  await expect(page).toHaveURL(/\/users\?search=mira&role=player$/);
  await expect(page.getByLabel("Name or e-mail")).toHaveValue("mira");
});

test("a wanted address is kept to the letter", async ({ page }) => {
  await page.goto("/roller?roll=1d20%20%2B%205%20%5BStrength%5D&against=15");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await signIn(page, EMAIL, PASSWORD);
  await expect(page).toHaveURL(/\/roller\?roll=1d20%20%2B%205%20%5BStrength%5D&against=15$/);
  await expect(page.getByTestId("chance")).toHaveText("15 or more: 55.00 %");
});

test("a wrong password is refused with a word on what to do", async ({ page, quiet }) => {
  quiet.allow(/401/);
  await page.goto("/sign-in");
  await signIn(page, EMAIL, "not the password");
  await expect(page.getByRole("alert")).toContainText("E-mail or password is wrong");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("signing out ends the session", async ({ page }) => {
  await page.goto("/sign-in");
  await signIn(page, EMAIL, PASSWORD);
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await page.getByLabel(/^Account/).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a crafted `next` leads nowhere else", async ({ page }) => {
  await page.goto("/sign-in?next=%2F%2Fexample.com");
  await signIn(page, EMAIL, PASSWORD);
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  expect(new URL(page.url()).host).toBe(new URL(process.env.REALMKEEP_BASE_URL).host);
});

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });

  test("the form signs in", async ({ page }) => {
    await page.goto("/sign-in");
    await signIn(page, EMAIL, PASSWORD);
    await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
    await expect(page.getByTestId("Entities")).not.toBeEmpty();
  });

  test("a wrong password is told", async ({ page }) => {
    await page.goto("/sign-in");
    await signIn(page, EMAIL, "not the password");
    await expect(page.getByRole("alert")).toContainText("E-mail or password is wrong");
  });
});
