import { test, expect, awake, because, OWNER } from "./visitor.mjs";
import { ownerToken } from "./accounts.mjs";

test.use({ storageState: OWNER });

test("what happened is listed, filtered, and hangs together by its request", async ({ page }) => {
  await page.goto("/events");
  await awake(page);
  await page.getByLabel("Type").selectOption("account.*");
  await expect(page).toHaveURL(/type=account/);
  const signIn = page.getByTestId("event").filter({ hasText: "account.signed_in" }).first();
  await expect(signIn).toBeVisible();
  await signIn.getByText("Particulars").click();
  await signIn.getByRole("link", { name: "All events of the same request" }).click();
  await expect(page).toHaveURL(/request=/);
  await expect(page.getByTestId("event")).toHaveCount(1);
});

test("a pipeline shows its flow and figures, and is paused and resumed", async ({ page }) => {
  await page.goto("/pipelines");
  await awake(page);
  await expect(page.getByTestId("pipeline")).toHaveCount(3);
  const card = page.getByTestId("pipeline").filter({ hasText: "Economy flow" });
  await expect(card.getByRole("list", { name: "Flow of Economy flow" })).toContainText("economy.transferred");
  await card.getByRole("button", { name: "Pause" }).click();
  await because(page, "Pause Economy flow?", "Pause it");
  await expect(card).toContainText("Paused");
  await card.getByRole("button", { name: "Resume" }).click();
  await because(page, "Resume Economy flow?", "Resume it");
  await expect(card).not.toContainText("Paused");
  await card.getByText("Newest rows, live").click();
  await expect(card).toContainText("etl_economy_flow");
});

/** Makes a character, and returns a way to give it swords: each gift is one event. */
async function squire(request) {
  const headers = { authorization: `Bearer ${await ownerToken(request)}`, "x-reason": "a browser test needs it" };
  const letters = Array.from({ length: 8 }, () => "abcdefghijklmnopqrstuvwxyz"[Math.floor(Math.random() * 26)]);
  const send = async (path, data) => {
    const reply = await request.post(`/api/v1/characters${path}`, { headers, data });
    expect(reply.ok(), await reply.text()).toBe(true);
    return reply.json();
  };
  const { id } = await send("", { name: `Squire ${letters.join("")}`, race: "human" });
  return (count) => send(`/${id}/inventory`, { do: "grant", item: "srd:longsword", count });
}

test("the live tail shows what becomes of each event, step by step, and holds still when it is told to", async ({
  page,
  request,
}) => {
  const give = await squire(request);
  await page.goto("/pipelines");
  await awake(page);
  const card = page.getByTestId("pipeline").filter({ hasText: "Economy flow" });
  await card.getByText("Live tail").click();
  const gift = (count) => card.getByTestId("tail-event").filter({ hasText: new RegExp(`"quantity":${count}\\b`) });

  await give(41);
  await expect(gift(41)).toContainText("economy.transferred");
  await expect(gift(41)).toContainText('"way":"in"');
  await expect(gift(41)).toContainText("Taken in");
  await card.getByLabel("Step", { exact: true }).selectOption({ label: "Step 2: window" });
  await expect(gift(41)).toContainText('"transfers":1');

  await card.getByRole("button", { name: "Hold still" }).click();
  const takenIn = async () => Number((await card.getByTestId("Events taken in").innerText()).replace(/\D/g, ""));
  const before = await takenIn();
  await give(42);
  await expect.poll(takenIn).toBeGreaterThan(before);
  await expect(gift(42)).toHaveCount(0);
  await expect(gift(41)).toBeVisible();
  await card.getByRole("button", { name: "Go on" }).click();
  await expect(gift(42)).toBeVisible();
});
