//! What is checked without running anything: format, lints, licences.

use anyhow::{Context as _, Result};

use super::{Stand, Tally};
use crate::setup;

pub(super) fn format(stand: &mut Stand<'_>) -> Result<Tally> {
    stand.checked("rustfmt", &mut stand.cargo(&["fmt", "--all", "--check", "--", "--color=never"]))
}

pub(super) fn lint(stand: &mut Stand<'_>) -> Result<Tally> {
    // The page's features and the server's exclude each other: one build can't have both.
    let native = stand.checked(
        "clippy",
        stand
            .cargo(&["clippy", "--workspace", "--exclude", "frontend", "--all-targets"])
            .args(["--", "-D", "warnings"]),
    )?;
    let page = stand.checked(
        "clippy of the page",
        stand.cargo(&["clippy", "--package", "frontend", "--package", "app", "--lib"]).args([
            "--target",
            "wasm32-unknown-unknown",
            "--",
            "-D",
            "warnings",
        ]),
    )?;
    Ok(native + page)
}

pub(super) fn licences(stand: &mut Stand<'_>) -> Result<Tally> {
    let cargo_deny = setup::cargo_deny::find(stand.workspace).context("cargo-deny is gone again")?;
    let mut tally = Tally::default();
    for check in ["licenses", "bans", "sources"] {
        let mut command = std::process::Command::new(&cargo_deny);
        command.current_dir(&stand.workspace.root).args(["--color", "never", "--offline", "check", check]);
        tally = tally + stand.checked(&format!("cargo-deny {check}"), &mut command)?;
    }
    Ok(tally)
}
