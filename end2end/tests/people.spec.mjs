// Staff look after people: accounts, moderation, roles, the audit, and keys of programs.
import { test, expect, awake, because, signIn, OWNER } from "./visitor.mjs";
import { makeAccount, token } from "./accounts.mjs";

test.use({ storageState: OWNER });

test("people are looked for by the address, and the address by the fields", async ({ page, request }) => {
  const { email } = await makeAccount(request, { name: "Orla", prefix: "orla" });
  await page.goto(`/users?search=${email}`);
  await awake(page);
  await expect(page.getByTestId("user")).toHaveCount(1);
  await expect(page.getByLabel("Name or e-mail")).toHaveValue(email);
  await page.getByLabel("Role").selectOption("player");
  await expect(page).toHaveURL(/role=player/);
  await expect(page.getByTestId("user")).toHaveCount(1);
  await page.getByLabel("State").selectOption("disabled");
  await expect(page).toHaveURL(/state=disabled/);
  await expect(page.getByText("Nobody like that")).toBeVisible();
  await page.goBack();
  await expect(page.getByTestId("user")).toHaveCount(1);
  await page.getByTestId("user").getByRole("link", { name: "Orla" }).click();
  await expect(page.getByRole("heading", { name: "Orla", level: 1 })).toBeVisible();
});

test("several accounts are disabled at once, with one reason", async ({ page, request }) => {
  const prefix = `bulk${Date.now()}`;
  await makeAccount(request, { name: "Bo", prefix });
  await makeAccount(request, { name: "Cy", prefix });
  await page.goto(`/users?search=${prefix}`);
  await awake(page);
  const bar = page.getByRole("region", { name: "Chosen accounts" });
  await expect(bar.getByRole("button", { name: "Disable" })).toBeDisabled();
  await bar.getByRole("button", { name: "Choose all shown" }).click();
  await expect(bar).toContainText("2 chosen");
  await bar.getByRole("button", { name: "Disable" }).click();
  const dialog = page.getByRole("dialog", { name: "Disable for 2 accounts" });
  await dialog.getByRole("button", { name: "Disable", exact: true }).click();
  await expect(dialog.getByText("Say why, in at least three characters.")).toBeVisible();
  await because(page, "Disable for 2 accounts", "Disable");
  await expect(page.getByTestId("user").filter({ hasText: "Disabled" })).toHaveCount(2);
  await expect(bar).toContainText("Nobody chosen");
});

test("an account is created for a service", async ({ page }) => {
  const email = `shop${Date.now()}@example.org`;
  await page.goto("/users");
  await awake(page);
  await page.getByRole("button", { name: "Create an account" }).click();
  const dialog = page.getByRole("dialog", { name: "Create an account" });
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByLabel("Name", { exact: true }).fill("Shop");
  await dialog.getByLabel("First password").fill("a lantern by the harbour");
  await dialog.getByLabel("Role").selectOption("service");
  await because(page, "Create an account", "Create the account");
  await expect(page.getByTestId("user").first()).toContainText(email);
});

test("somebody is given a role for a region and a week, and it is withdrawn again", async ({ page, request }) => {
  const helper = await makeAccount(request, { name: "Tamsin", prefix: "tamsin" });
  await page.goto(`/users/${helper.id}`);
  await awake(page);
  const grants = page.getByRole("region", { name: "Roles beside their own" });
  await expect(grants).toContainText("None was ever given.");
  await grants.getByRole("button", { name: "Give a role" }).click();
  const dialog = page.getByRole("dialog", { name: "Give Tamsin a role" });
  await dialog.getByLabel("The role").selectOption({ label: "Game master" });
  await dialog.getByLabel("Where it holds").selectOption({ label: "One region of Demo" });
  await dialog.getByLabel("Region east").fill("half");
  await dialog.getByLabel("Region south").fill("-2");
  await dialog.getByLabel("For how long").selectOption({ label: "1 week" });
  await dialog.getByRole("textbox", { name: "Why" }).fill("the feast at the ford");
  await dialog.getByRole("button", { name: "Give it", exact: true }).click();
  await expect(dialog.getByText("two whole numbers")).toBeVisible();
  await dialog.getByLabel("Region east").fill("1");
  await because(page, "Give Tamsin a role", "Give it", "the feast at the ford");
  const grant = page.getByTestId("grant").filter({ hasText: "the feast at the ford" });
  await expect(grant).toContainText("In force");
  await expect(grant).toContainText("In region 1, -2 of Demo");
  await expect(grant).toContainText("until");
  await grant.getByRole("button", { name: "Withdraw" }).click();
  await because(page, "Withdraw this role?", "Withdraw", "the feast is over");
  await expect(grant).toContainText("Withdrawn by");
  await expect(grant).toContainText("the feast is over");
  await expect(grant.getByRole("button", { name: "Withdraw" })).toBeHidden();
});

test("a player is banned for a day, appeals, and is let in again; the history and the audit tell", async ({ page, request }) => {
  const player = await makeAccount(request, { name: "Wren", prefix: "wren" });
  await page.goto(`/users/${player.id}`);
  await awake(page);
  const moderation = page.getByRole("region", { name: "Moderation" });
  await moderation.getByRole("button", { name: "Ban" }).click();
  await page.getByRole("dialog", { name: "Ban Wren" }).getByLabel("For how long").selectOption("24");
  await because(page, "Ban Wren", "Ban", "cheated at dice");
  const ban = page.getByTestId("sanction").filter({ hasText: "cheated at dice" });
  await expect(ban).toContainText("In force");
  await expect(ban).toContainText("until");
  const login = { data: { email: player.email, password: player.password } };
  expect((await request.post("/api/v1/auth/login", login)).status()).toBe(403);
  await ban.getByRole("button", { name: "Appeal" }).click();
  await page.getByRole("dialog").getByLabel("The appeal").selectOption("open");
  await because(page, "Where does the appeal stand?", "Note it");
  await expect(ban).toContainText("Appeal open");
  await ban.getByRole("button", { name: "Lift" }).click();
  await because(page, "Lift it?", "Lift it", "it was somebody else");
  await expect(ban).toContainText("Lifted");
  await expect(ban).toContainText("it was somebody else");
  expect((await request.post("/api/v1/auth/login", login)).status()).toBe(200);
  const audit = page.getByRole("region", { name: "Audit" });
  await expect(audit.getByTestId("entry").filter({ hasText: "Account: ban" })).toContainText("cheated at dice");
  await audit.getByRole("link", { name: "All about them" }).click();
  await expect(page).toHaveURL(/\/audit\?subject=account/);
  await expect(page.getByTestId("entry").filter({ hasText: "Account: lift" })).toBeVisible();
});

test("a role is given, a sign-in ended, and the account disabled and enabled", async ({ page, request }) => {
  const player = await makeAccount(request, { name: "Fen", prefix: "fen" });
  const bearer = await token(request, player.email);
  await page.goto(`/users/${player.id}`);
  await awake(page);
  const head = page.getByRole("heading", { name: "Fen", level: 1, exact: true }).locator("..");
  await page.getByRole("button", { name: "Change role" }).click();
  await page.getByRole("dialog").getByLabel("Role").selectOption("moderator");
  await because(page, "Change the role of Fen", "Change role");
  await expect(head).toContainText("Moderator");
  await page.getByTestId("sign-in").filter({ hasText: "Client" }).getByRole("button").click();
  await because(page, "End this sign-in?", "End it");
  await expect(page.getByRole("region", { name: "Signed in" })).toContainText("Nowhere at the moment.");
  const me = await request.get("/api/v1/auth/me", { headers: { authorization: `Bearer ${bearer}` } });
  expect(me.status()).toBe(401);
  await page.getByRole("button", { name: "Disable" }).click();
  await because(page, "Disable Fen?", "Disable");
  await expect(head).toContainText("Disabled");
  await page.getByRole("button", { name: "Enable" }).click();
  await because(page, "Enable Fen?", "Enable");
  await expect(head).toContainText("Enabled");
});

test("a name with script in it is a name", async ({ page, request }) => {
  const name = "<img src=x onerror=alert(1)>";
  const player = await makeAccount(request, { name, prefix: "script" });
  page.on("dialog", (dialog) => {
    throw new Error(`the page ran ${dialog.message()}`);
  });
  await page.goto(`/users?search=${player.email}`);
  await awake(page);
  await page.getByTestId("user").getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
  await page.getByRole("region", { name: "Moderation" }).getByRole("button", { name: "Note" }).click();
  await because(page, `Write a note about ${name}`, "Note", "</textarea><script>alert(2)</script>");
  await expect(page.getByTestId("sanction")).toContainText("</textarea><script>alert(2)</script>");
  await page.reload();
  await awake(page);
  await expect(page.getByTestId("sanction")).toContainText("</textarea><script>alert(2)</script>");
  expect(await page.locator("main img, main script").count()).toBe(0);
});

test("the audit is filtered by the address, tells what changed, is exported, and verified", async ({ page, request }) => {
  const player = await makeAccount(request, { name: "Ivo", prefix: "ivo" });
  await page.goto(`/audit?subject=account%20${player.id}`);
  await awake(page);
  await expect(page.getByTestId("verified")).toContainText(/Verified: .* entries/);
  const made = page.getByTestId("entry");
  await expect(made).toHaveCount(1);
  await made.getByText("What changed").click();
  await expect(made.getByRole("list", { name: "What changed" })).toContainText(player.email);
  await expect(made).toContainText("a browser test needs it");
  const csv = await page.request.get(await page.getByRole("link", { name: "CSV" }).getAttribute("href"));
  expect(csv.status()).toBe(200);
  expect((await csv.text()).trim().split("\r\n")).toHaveLength(2);
  await page.getByLabel("To (UTC)").fill("2020-01-01");
  await expect(page.getByText("Nothing like that")).toBeVisible();
  await expect(page).toHaveURL(/until=2020-01-01/);
  await page.goto("/audit");
  await awake(page);
  await page.getByLabel("On whom").fill(player.email);
  await page.getByLabel("On whom").press("Enter");
  await expect(page).toHaveURL(new RegExp(`subject=account.*${player.id}`));
  await expect(page.getByTestId("entry")).toHaveCount(1);
  await page.goto("/audit?action=account.create");
  await awake(page);
  await expect(page.getByLabel("What", { exact: true })).toHaveValue("account.create");
  await expect(page.getByTestId("entry").first()).toContainText("Account: create");
});

test("a key is made for a service, used, and revoked", async ({ page, request }) => {
  const bot = await makeAccount(request, { role: "service", name: "Bot", prefix: "bot" });
  await page.goto("/api-keys");
  await awake(page);
  await page.getByRole("button", { name: "Create a key" }).click();
  const dialog = page.getByRole("dialog", { name: "Create a key" });
  const name = `key${Date.now()}`;
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Account of the service").selectOption(bot.id);
  await dialog.getByRole("textbox", { name: "Why" }).fill("a browser test");
  await dialog.getByRole("button", { name: "Create the key" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Choose at least one thing");
  await dialog.getByLabel(/^view_jobs/).check();
  await because(page, "Create a key", "Create the key");
  const secret = await page.getByTestId("secret").innerText();
  const call = async (path) => (await request.get(path, { headers: { authorization: `Bearer ${secret}` } })).status();
  expect(await call("/api/v1/jobs")).toBe(200);
  expect(await call("/api/v1/health")).toBe(403);
  await page.getByRole("button", { name: "I have kept it" }).click();
  await expect(page.getByTestId("secret")).toBeHidden();
  await page.reload();
  await awake(page);
  const row = page.getByTestId("key").filter({ hasText: name });
  await expect(row).toContainText(/view_jobs.*just now|view_jobs.*s ago/s);
  expect(await page.content()).not.toContain(secret);
  await row.getByRole("button", { name: `Revoke ${name}` }).click();
  await because(page, `Revoke ${name}?`, "Revoke the key");
  await expect(row).toContainText("Revoked");
  expect(await call("/api/v1/jobs")).toBe(401);
});

test.describe("for a moderator", () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test("the navigation shows what they may see, and those above them can only be looked at", async ({ page, request, quiet }) => {
    quiet.allow(/403/);
    const [moderator, admin] = [
      await makeAccount(request, { role: "moderator", name: "Mod", prefix: "mod" }),
      await makeAccount(request, { role: "administrator", name: "Boss", prefix: "boss" }),
    ];
    await page.goto("/sign-in?next=%2Fusers");
    await signIn(page, moderator.email, moderator.password);
    await awake(page);
    const nav = page.getByRole("navigation", { name: "Main" });
    await expect(nav.getByRole("link", { name: "Users" })).toBeVisible();
    for (const hidden of ["Roles", "Audit log", "API keys", "Infrastructure"]) {
      await expect(nav.getByRole("link", { name: hidden })).toHaveCount(0);
    }
    await expect(page.getByRole("button", { name: "Create an account" })).toHaveCount(0);
    await page.goto(`/users/${admin.id}`);
    await awake(page);
    await expect(page.getByText("You can look, and no more")).toBeVisible();
    await expect(page.getByRole("button", { name: "Ban" })).toHaveCount(0);
    expect((await page.goto("/audit")).status()).toBe(403);
    await expect(page.getByRole("alert")).toContainText("your role does not allow this");
  });
});
