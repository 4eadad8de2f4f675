// One's own account: password, second factor, sign-ins; and getting back in.
import { test, expect, awake, signIn } from "./visitor.mjs";
import { PASSWORD, makeAccount, token, totp } from "./accounts.mjs";

/** Signs a fresh member of the staff in and opens their account's page. */
async function openAccount(page, request) {
  const member = await makeAccount(request, { role: "analyst", name: "Ada", prefix: "ada" });
  await page.goto("/sign-in?next=%2Faccount");
  await signIn(page, member.email, member.password);
  await expect(page.getByRole("heading", { name: "My account", level: 1 })).toBeVisible();
  await awake(page);
  return member;
}

test("a password is changed, which ends the other sign-ins", async ({ page, request }) => {
  const member = await openAccount(page, request);
  const elsewhere = await token(request, member.email);
  const panel = page.getByRole("region", { name: "Password" });
  await panel.getByLabel("Present password").fill(member.password);
  await panel.getByLabel("New password", { exact: true }).fill("short");
  await panel.getByLabel("New password, again").fill("short, too");
  await panel.getByRole("button", { name: "Change the password" }).click();
  await expect(panel.getByText("At least 12 characters.")).toBeVisible();
  await expect(panel.getByText("This is not the same as above.")).toBeVisible();
  await panel.getByLabel("New password", { exact: true }).fill("a second lantern, lit");
  await panel.getByLabel("New password, again").fill("a second lantern, lit");
  await panel.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The password is changed" })).toBeVisible();
  const me = await request.get("/api/v1/auth/me", { headers: { authorization: `Bearer ${elsewhere}` } });
  expect(me.status()).toBe(401);
  await expect(panel.getByLabel("Present password")).toHaveValue("");
});

test("a second factor is set up by its code, and asked for in a second step", async ({ page, request, quiet }) => {
  quiet.allow(/401|422/);
  const member = await openAccount(page, request);
  const panel = page.getByRole("region", { name: "Second factor" });
  await panel.getByRole("button", { name: "Set up a second factor" }).click();
  await panel.getByLabel("Your password").fill("not the password");
  await panel.getByRole("button", { name: "Go on" }).click();
  await expect(panel.getByRole("alert")).toContainText("the password is wrong");
  await panel.getByLabel("Your password").fill(member.password);
  await panel.getByRole("button", { name: "Go on" }).click();
  await expect(panel.getByRole("img", { name: /QR code/ })).toBeVisible();
  const secret = await panel.locator("p.font-mono").innerText();
  await panel.getByLabel("The six digits that it shows").fill(totp(secret, Date.now() - 600_000));
  await panel.getByRole("button", { name: "Confirm" }).click();
  await expect(panel.getByText("This is not what the authenticator shows.")).toBeVisible();
  await panel.getByLabel("The six digits that it shows").fill(totp(secret));
  await panel.getByRole("button", { name: "Confirm" }).click();
  const listed = panel.getByTestId("recovery-codes").getByRole("listitem");
  await expect(listed).toHaveCount(10);
  const codes = await listed.allInnerTexts();
  await panel.getByRole("button", { name: "I have kept them" }).click();
  await expect(panel).toContainText("You are asked for a code at each sign-in.");

  await page.getByLabel(/^Account:/).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await signIn(page, member.email, member.password);
  const code = page.getByLabel("Code of your second factor");
  await expect(code).toBeFocused();
  await expect(page.getByLabel("Password")).toBeHidden();
  await code.fill("000000");
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("alert")).toContainText("The code is wrong");
  await code.fill(codes[0]);
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();

  await page.goto("/account");
  await awake(page);
  await panel.getByRole("button", { name: "Remove it" }).click();
  await panel.getByLabel("Your password").fill(member.password);
  await panel.getByLabel("A code").fill(codes[1]);
  await panel.getByRole("button", { name: "Remove the second factor" }).click();
  await expect(panel.getByRole("button", { name: "Set up a second factor" })).toBeVisible();
});

test("sign-ins are listed, and ended one by one and all but this one", async ({ page, request }) => {
  const member = await openAccount(page, request);
  const [first, second] = [await token(request, member.email), await token(request, member.email)];
  const works = async (bearer) =>
    (await request.get("/api/v1/auth/me", { headers: { authorization: `Bearer ${bearer}` } })).status();
  expect(await works(first)).toBe(200);
  await page.reload();
  await awake(page);
  const rows = page.getByTestId("sign-in");
  await expect(rows).toHaveCount(3);
  await expect(rows.filter({ hasText: "This one" })).toHaveCount(1);
  await rows.filter({ hasText: "Client" }).first().getByRole("button").click();
  await page.getByRole("dialog", { name: "End this sign-in?" }).getByRole("button", { name: "End it" }).click();
  await expect(rows).toHaveCount(2);
  await page.getByRole("button", { name: "Sign out everywhere else" }).click();
  const question = page.getByRole("dialog", { name: "Sign out everywhere else?" });
  await question.getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(rows).toHaveCount(1);
  expect([await works(first), await works(second)]).toEqual([401, 401]);
});

test("a letter is asked for, and a link that is no good is told apart", async ({ page, quiet }) => {
  quiet.allow(/422/);
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await expect(page.getByRole("heading", { name: "Forgot your password?" })).toBeVisible();
  // The page says so once its script has taken over; visitors have no live link to wait for.
  await expect(async () => {
    await page.getByLabel("E-mail").fill("nobody@example.org");
    await page.getByRole("button", { name: "Send the letter" }).click();
    await expect(page.getByRole("status").filter({ hasText: "Look into your mailbox" })).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await page.goto("/reset-password?token=0123");
  await page.getByLabel("New password").fill("password");
  await page.getByRole("button", { name: "Choose this password" }).click();
  await expect(page.getByText(/length is lower than 12/)).toBeVisible();
  await page.getByLabel("New password").fill(PASSWORD);
  await page.getByRole("button", { name: "Choose this password" }).click();
  await expect(page.getByRole("alert")).toContainText("This link does not work any more");
  await page.goto("/verify-email?token=0123");
  await page.getByRole("button", { name: "This address is mine" }).click();
  await expect(page.getByRole("alert")).toContainText("This link does not work any more");
});
