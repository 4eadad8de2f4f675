//! Playwright's tests of the dashboard, against a served world.

use std::process::Command;

use anyhow::{Context as _, Result};

use super::{Stand, Tally};
use crate::setup::Package;
use crate::test::count;

pub(super) fn test(stand: &mut Stand<'_>) -> Result<Tally> {
    let chromium = Package::Chromium.program().context("chromium is gone again")?;
    let mut playwright = Command::new(stand.workspace.node_program("playwright"));
    playwright.current_dir(&stand.workspace.root).args(["test", "--config", "end2end", "--reporter=list"]);
    playwright.arg("--output").arg(stand.folder("browser")?);
    playwright.env("REALMKEEP_CHROMIUM", chromium).env("CI", "1");
    stand.realm()?.introduce(&mut playwright);
    stand.counted("playwright", &mut playwright, count::playwright)
}
