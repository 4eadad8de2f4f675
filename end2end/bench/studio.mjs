// How long it takes from a slider's move until 4×4 chunks stand anew on the studio's map, as the page's own marks tell.
// `cargo xtask bench studio` starts a server, says where it is, and reads the JSON that this prints.
import { chromium } from "@playwright/test";

const { REALMKEEP_BASE_URL, REALMKEEP_OWNER_EMAIL, REALMKEEP_OWNER_PASSWORD, REALMKEEP_CHROMIUM } = process.env;
/** Moves of each slider that count; those before warm up. */
const MOVES = 200;
const WARM_UP = 20;

const browser = await chromium.launch({
  executablePath: REALMKEEP_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
});
const page = await browser.newPage({ baseURL: REALMKEEP_BASE_URL, viewport: { width: 1280, height: 900 } });
await page.goto("/sign-in");
await page.getByLabel("E-mail").fill(REALMKEEP_OWNER_EMAIL);
await page.getByLabel("Password").fill(REALMKEEP_OWNER_PASSWORD);
await page.getByRole("button", { name: "Sign in" }).click();
await page.getByRole("heading", { name: "Overview" }).waitFor();

// Once to learn the map's size, then so that it shows four chunks each way.
await page.goto("/studio");
const map = page.getByRole("application", { name: "Map of the draft" });
await map.waitFor();
const { width, height } = await map.boundingBox();
const scale = Math.max(width, height) / 256;
await page.goto(`/studio?x=2048&z=2048&zoom=${scale.toFixed(4)}`);
await page.locator(".cm-content").waitFor();
await page.getByTestId("tests").getByText("Holds").first().waitFor({ timeout: 120_000 });

const measure = ({ id, from, step, moves, warmUp }) =>
  page.evaluate(
    async ({ id, from, step, moves, warmUp }) => {
      const slider = document.getElementById(id);
      const settled = () =>
        new Promise((resolve) => {
          const look = () => {
            const [changed] = performance.getEntriesByName("studio changed").slice(-1);
            const drawn = performance.getEntriesByName("studio drawn").find((mark) => mark.startTime > changed.startTime);
            if (drawn) resolve(drawn.startTime - changed.startTime);
            else setTimeout(look, 1);
          };
          look();
        });
      const times = [];
      for (let i = 0; i < moves + warmUp; i += 1) {
        performance.clearMarks();
        slider.value = String(from + step * (1 + (i % 60)));
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        const time = await settled();
        if (i >= warmUp) times.push(time);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return times;
    },
    { id, from, step, moves, warmUp },
  );

// One that changes the climate alone, and one that changes the ground, and with it all that stands and runs on it.
const SLIDERS = { warmth: { from: 0.3, step: 0.005 }, peaks: { from: 200, step: 3 } };
const redraw_ms = {};
for (const [name, { from, step }] of Object.entries(SLIDERS)) {
  const times = await measure({ id: `param-${name}`, from, step, moves: MOVES, warmUp: WARM_UP });
  times.sort((a, b) => a - b);
  const at = (share) => Math.round(times[Math.min(times.length - 1, Math.floor(share * times.length))] * 10) / 10;
  redraw_ms[name] = { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
}
const workers = await page.evaluate(() => Math.min(Math.max(navigator.hardwareConcurrency - 1, 1), 3));
console.log(JSON.stringify({ chunks: "4x4", moves: MOVES, drawing_workers: workers, redraw_ms }));
await browser.close();
