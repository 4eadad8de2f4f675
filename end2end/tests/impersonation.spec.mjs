// Support looks at the dashboard as somebody else does.
import { test, expect, awake, because, signIn } from "./visitor.mjs";
import { makeAccount } from "./accounts.mjs";

test("a look has a banner with the time left on every page, changes nothing, and leads back", async ({ page, request, quiet }) => {
  // The live link is cut when the eyes change, and what is tried while looking is refused.
  quiet.allow(/403|WebSocket/);
  const admin = await makeAccount(request, { role: "administrator", name: "Ada", prefix: "look" });
  const operator = await makeAccount(request, { role: "operator", name: "Olm", prefix: "olm" });
  await page.goto(`/sign-in?next=%2Fusers%2F${operator.id}`);
  await signIn(page, admin.email, admin.password);
  await awake(page);
  await page.getByRole("button", { name: "Look as them" }).click();
  await page.getByRole("dialog").getByLabel("For how long").selectOption("5");
  await because(page, "Look as Olm?", "Look as them", "a ticket of theirs");
  const banner = page.getByTestId("look");
  await expect(banner).toContainText("You look at this as Olm, and can change nothing.");
  await expect(banner).toContainText(/[45]:\d\d left/);
  await awake(page);

  await page.getByRole("link", { name: "Jobs" }).first().click();
  await expect(page.getByRole("heading", { name: "Jobs", level: 1 })).toBeVisible();
  await expect(banner).toBeVisible();
  await expect(page.getByRole("button", { name: "Pause the queue" })).toHaveCount(0);
  await page.getByLabel(/^Account:/).click();
  await expect(page.getByRole("button", { name: "Sign out" })).toHaveCount(0);
  const refused = await page.request.post("/api/ui/account/end-other-sessions", {
    headers: { origin: new URL(page.url()).origin },
  });
  expect(refused.status()).toBe(403);

  await banner.getByRole("button", { name: "Be Ada again" }).click();
  await expect(page.getByRole("heading", { name: "Olm", level: 1 })).toBeVisible();
  await expect(banner).toHaveCount(0);
  await awake(page);
  const audit = page.getByRole("region", { name: "Audit" });
  await expect(audit.getByTestId("entry").filter({ hasText: "a ticket of theirs" })).toBeVisible();
  await expect(audit.getByTestId("entry").filter({ hasText: /end impersonation/i })).toBeVisible();
});
