//! Playwright's tests of the dashboard, against a served world.

use std::process::Command;

use anyhow::{Context as _, Result};

use super::{Stand, Tally};
use crate::servers::{OWNER_EMAIL, OWNER_PASSWORD};
use crate::setup::Package;
use crate::test::count;

pub(super) fn test(stand: &mut Stand<'_>) -> Result<Tally> {
    let chromium = Package::Chromium.program().context("chromium is gone again")?;
    let address = stand.realm()?.address();
    let mut playwright = Command::new(stand.workspace.node_program("playwright"));
    playwright.current_dir(&stand.workspace.root).args(["test", "--config", "end2end", "--reporter=list"]);
    playwright.env("REALMKEEP_CHROMIUM", chromium).env("REALMKEEP_BROWSER_RESULTS", stand.kept("browser"));
    playwright.env("REALMKEEP_BASE_URL", address);
    playwright.env("REALMKEEP_OWNER_EMAIL", OWNER_EMAIL).env("REALMKEEP_OWNER_PASSWORD", OWNER_PASSWORD);
    stand.counted("playwright", &mut playwright, count::playwright)
}
