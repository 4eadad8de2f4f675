//! What is checked without running anything: format, lints, licences.

use std::process::Command;

use anyhow::{Context as _, Result};

use super::{Stand, Tally};
use crate::{setup, shell};

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
    let graph = stand.folder("licences")?.join("graph.json");
    // Left to itself, cargo-deny downloads the crates of every platform first.
    let metadata = shell::output_of(
        stand
            .cargo(&["metadata", "--format-version=1", "--filter-platform=x86_64-unknown-linux-gnu"])
            .arg("--filter-platform=wasm32-unknown-unknown"),
    )?;
    std::fs::write(&graph, metadata).with_context(|| format!("can't write {}", graph.display()))?;
    let mut tally = Tally::default();
    for check in ["licenses", "bans", "sources"] {
        let mut command = Command::new(&cargo_deny);
        command.current_dir(&stand.workspace.root).args(["--color=never", "--offline", "--metadata-path"]);
        command.arg(&graph).args(["check", check]);
        tally = tally + stand.checked(&format!("cargo-deny {check}"), &mut command)?;
    }
    Ok(tally)
}
