import { test, expect, awake, because, OWNER } from "./visitor.mjs";

test.use({ storageState: OWNER });

/** Opens the dialog and fills in a region and a reason. */
async function ask(page, x, z, reason = "a browser test") {
  await page.getByRole("button", { name: "Pre-generate a region" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Pre-generate a region" });
  await dialog.getByLabel("Region east (x)").fill(x);
  await dialog.getByLabel("Region south (z)").fill(z);
  await dialog.getByLabel("Why").fill(reason);
  await dialog.getByRole("button", { name: "Start the job" }).click();
  return dialog;
}

const rowOf = (page, x, z) => page.getByTestId("job").filter({ hasText: `Pre-generate region ${x}, ${z}` }).first();

test("a job is started, shows its progress, and ends well", async ({ page }) => {
  test.setTimeout(300_000);
  await page.goto("/jobs");
  await awake(page);
  await ask(page, "7", "-7");
  const row = rowOf(page, 7, -7);
  await expect(row).toBeVisible();
  const done = async () => Number(await row.getByRole("progressbar").getAttribute("aria-valuenow"));
  await expect.poll(done).toBeGreaterThan(0);
  await expect(row).toContainText("Succeeded", { timeout: 240_000 });
  await expect(row).toContainText("100 %");
});

test("a running job is cancelled after a question", async ({ page }) => {
  await page.goto("/jobs");
  await awake(page);
  await ask(page, "9", "-9");
  const row = rowOf(page, 9, -9);
  await row.getByRole("button", { name: "Cancel" }).click();
  const question = page.getByRole("dialog", { name: "Cancel this job?" });
  await question.getByRole("button", { name: "Cancel the job" }).click();
  await expect(question.getByText("Say why, in at least three characters.")).toBeVisible();
  await question.getByRole("button", { name: "Leave it" }).click();
  await expect(question).toBeHidden();
  await row.getByRole("button", { name: "Cancel" }).click();
  await because(page, "Cancel this job?", "Cancel the job");
  await expect(row).toContainText("Cancelled");
});

test("coordinates that are none, and no reason, are refused at once", async ({ page }) => {
  await page.goto("/jobs");
  await awake(page);
  const dialog = await ask(page, "east", "500001", "");
  await expect(dialog.getByText("Say why, in at least three characters.")).toBeVisible();
  await expect(dialog.getByText("A whole number from −500,000 to 500,000")).toHaveCount(2);
  await expect(dialog.getByLabel("Region east (x)")).toHaveAttribute("aria-invalid", "true");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("jobs are looked for by the address, and the queue can stand still", async ({ page }) => {
  await page.goto("/jobs?state=failed&kind=back_up");
  await awake(page);
  await expect(page.getByText("No such jobs")).toBeVisible();
  await page.getByLabel("State").selectOption("");
  await page.getByLabel("Job", { exact: true }).selectOption("roll_up");
  await page.getByRole("button", { name: "Pause the queue" }).click();
  await because(page, "Pause the queue?", "Pause the queue", "a quiet moment");
  await expect(page.getByRole("region", { name: "Queue" })).toContainText("Paused");
  const schedule = page.getByTestId("schedule").filter({ hasText: "Hourly roll-up" });
  await expect(schedule.getByText(/^in \d+ (s|min|h)$/)).toBeVisible();
  await schedule.getByRole("button", { name: "Run now" }).click();
  await because(page, "Run Hourly roll-up of events now?", "Run it now");
  const job = page.getByTestId("job").first();
  await expect(job).toContainText("Queued");
  await schedule.getByRole("button", { name: "Pause" }).click();
  await because(page, "Pause Hourly roll-up of events?", "Pause it");
  await expect(schedule).toContainText("Stands still");
  await schedule.getByRole("button", { name: "Resume" }).click();
  await because(page, "Resume Hourly roll-up of events?", "Resume it");
  await expect(schedule).not.toContainText("Stands still");
  await page.getByRole("button", { name: "Resume the queue" }).click();
  await because(page, "Resume the queue?", "Resume the queue");
  await expect(job).toContainText("Succeeded", { timeout: 60_000 });
  await page.goto("/audit?action=jobs.pause");
  await awake(page);
  await expect(page.getByTestId("entry").first()).toContainText("a quiet moment");
});
