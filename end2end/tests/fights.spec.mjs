import AxeBuilder from "@axe-core/playwright";
import { test, expect, awake, because, OWNER } from "./visitor.mjs";
import { ownerToken } from "./accounts.mjs";

test.use({ storageState: OWNER });

/** A glade near the middle of the first region, where the ground is at hand, in metres. */
const PLACE = { x: 2040, z: 2112 };

async function order(request, path, data) {
  const headers = { authorization: `Bearer ${await ownerToken(request)}` };
  return request.post(`/api/v1/ecs/${path}`, { headers, data });
}

/** Sets a monster out; the ground there may still be on its way. */
async function setOut(request, monster, name, east, { thinks = false, side = "monsters" } = {}) {
  const data = { monster, name, x: (PLACE.x + east) * 256, z: PLACE.z * 256, thinks, side };
  let made;
  await expect
    .poll(async () => {
      const reply = await order(request, "entities", data);
      made = await reply.json();
      return reply.status();
    })
    .toBe(201);
  return made;
}

/** A wolf that is told to attack an ogre until one is down. */
async function startFight(request, tag) {
  const wolf = await setOut(request, "srd:wolf", `Wolf ${tag}`, 0);
  const ogre = await setOut(request, "srd:ogre", `Ogre ${tag}`, 4, { side: "players" });
  const reply = await order(request, "attacks", { entity_id: wolf.id, target_id: ogre.id, approach: true });
  expect(reply.status()).toBe(202);
  return { wolf, ogre };
}

const pixels = (page) =>
  page.getByRole("application").evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(canvas.width / 2 - 60, canvas.height / 2 - 60, 120, 120);
    let sum = 0;
    for (let i = 0; i < data.length; i += 4) sum = (sum * 31 + data[i] * 3 + data[i + 1] * 5 + data[i + 2]) % 1_000_000_007;
    return sum;
  });

test("a link to an entity follows it, and its fight is seen and told", async ({ page, request }) => {
  const { wolf, ogre } = await startFight(request, "A");
  await page.goto(`/world?zoom=6&entity=${wolf.id}`);
  await awake(page);
  await expect(page.getByTestId("entity-name")).toHaveText("Wolf A");
  await expect(page.getByRole("button", { name: "Stop following" })).toBeVisible();
  expect(new URL(page.url()).searchParams.get("entity")).toBe(wolf.id);
  const fighter = page.getByTestId("fighter");
  await expect(fighter).toContainText("Armour class13");
  await expect(page.getByTestId("fight")).toContainText("Initiative");
  const log = page.getByTestId("combat-log");
  await expect(log.getByTestId("roll").first()).toContainText(/d20 \d+.* against 11: (hit|miss|critical)/);
  // Something moves where the camera is: the fight is drawn.
  const before = await pixels(page);
  await expect.poll(() => pixels(page)).not.toBe(before);
  await log.getByRole("button", { name: "Ogre A" }).first().click();
  await expect(page.getByTestId("entity-name")).toHaveText("Ogre A");
  await expect.poll(() => new URL(page.url()).searchParams.get("entity")).toBe(ogre.id);
});

test("a monster that thinks tells why it chose what it did", async ({ page, request }) => {
  const goblin = await setOut(request, "srd:goblin", "Goblin B", -28, { thinks: true });
  // Nobody who would strike it dead before it has thought.
  const guard = await setOut(request, "srd:commoner", "Commoner B", -24, { side: "players" });
  const data = { entity_id: guard.id, target_id: goblin.id, approach: true };
  expect((await order(request, "attacks", data)).status()).toBe(202);
  await page.goto(`/world?zoom=6&entity=${goblin.id}`);
  await awake(page);
  const thought = page.getByTestId("thought");
  await expect(thought).toContainText("Why it chose that");
  await expect(thought).toContainText("things considered");
});

test("the combat log is searched by who and what", async ({ page, request }) => {
  await startFight(request, "C");
  await page.goto("/world");
  await awake(page);
  await page.getByRole("tab", { name: "Combat" }).click();
  await page.getByLabel("Who takes part").fill("Wolf C");
  await page.keyboard.press("Enter");
  await page.getByLabel("What", { exact: true }).selectOption({ label: "Attacks" });
  const log = page.getByTestId("combat-log");
  await expect(log.getByTestId("roll").first()).toBeVisible();
  const lines = await log.getByRole("listitem").allTextContents();
  expect(lines.every((line) => line.includes("Wolf C") && line.includes("attacks"))).toBe(true);
  await page.getByLabel("Who takes part").fill("a name that nobody has");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Nothing of that kind")).toBeVisible();
});

test("staff harm an entity for a reason, take it back, and the audit tells", async ({ page, request }) => {
  const bear = await setOut(request, "srd:brown-bear", "Bear D", -14);
  await page.goto(`/world?zoom=6&entity=${bear.id}`);
  await awake(page);
  const fighter = page.getByTestId("fighter");
  await expect(fighter).toContainText("34 of 34");
  await page.getByText("Change it").click();
  await page.getByLabel("Hit points", { exact: true }).fill("9");
  await page.getByRole("button", { name: "Harm", exact: true }).click();
  await because(page, "Take 9 hit points off Bear D", "Harm it", "it walked through a wall");
  await expect(fighter).toContainText("25 of 34");
  await page.getByRole("button", { name: "Take it back" }).click();
  await expect(fighter).toContainText("34 of 34");
  await page.getByLabel("Condition", { exact: true }).selectOption({ label: "Prone" });
  await page.getByRole("button", { name: "Lay on" }).click();
  await because(page, "Make Bear D prone", "Lay it on");
  await expect(page.getByRole("button", { name: "Take off prone" })).toBeVisible();
  await expect(page.getByTestId("effects")).toContainText("Prone");
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await because(page, "Remove Bear D", "Remove it");
  await expect(page.getByTestId("entity-list")).toBeVisible();
  await page.goto("/audit?action=entity.alter");
  await expect(page.getByText("it walked through a wall").first()).toBeVisible();
});

test("a monster is dragged onto the map, or set down by keyboard", async ({ page }) => {
  await page.goto(`/world?x=${PLACE.x}&z=${PLACE.z - 60}&zoom=6`);
  await awake(page);
  await page.getByRole("tab", { name: "Entities" }).click();
  await page.getByText("Set a monster out").click();
  await page.getByLabel("Monster", { exact: true }).fill("hyena");
  await page.getByLabel("Thinks by itself").uncheck();
  const offer = page.getByRole("list", { name: "Monsters to set out" }).getByRole("listitem").filter({ hasText: "Hyena" }).last();
  await offer.dragTo(page.getByRole("application"), { targetPosition: { x: 300, y: 300 } });
  await expect(page.getByTestId("entity-name")).toHaveText(/hyena/i);
  await page.getByRole("button", { name: "All entities" }).click();
  await page.getByText("Set a monster out").click();
  await page.getByLabel("Monster", { exact: true }).fill("mastiff");
  const button = page.getByRole("button", { name: "Set Mastiff down in the map’s middle" });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("entity-name")).toHaveText("Mastiff");
});

for (const colorScheme of ["light", "dark"]) {
  test(`a fight's panels are accessible in ${colorScheme}`, async ({ browser, request }) => {
    const { wolf } = await startFight(request, colorScheme === "light" ? "E" : "F");
    const contextOptions = { storageState: OWNER, colorScheme, reducedMotion: "reduce" };
    const page = await (await browser.newContext(contextOptions)).newPage();
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`/world?zoom=6&entity=${wolf.id}`);
      await awake(page);
      await expect(page.getByTestId("combat-log").getByTestId("roll").first()).toBeVisible();
      const overflows = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      expect(overflows, `nothing sticks out at ${width}`).toBe(false);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" "))}`)).toEqual([]);
    }
    await page.getByRole("tab", { name: "Combat" }).click();
    await expect(page.getByTestId("combat-log")).toBeVisible();
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    await page.context().close();
  });
}
