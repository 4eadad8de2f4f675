//! What is checked without running anything: format and lints.

use anyhow::Result;

use super::{Stand, Tally};

pub(super) fn format(stand: &mut Stand<'_>) -> Result<Tally> {
    stand.checked("rustfmt", &mut stand.cargo(&["fmt", "--all", "--check", "--", "--color=never"]))
}

pub(super) fn lint(stand: &mut Stand<'_>) -> Result<Tally> {
    // The page's features and the server's exclude each other.
    let native = ["clippy", "--workspace", "--exclude", "frontend", "--all-targets", "--", "-D", "warnings"];
    let page = [
        "clippy",
        "-p",
        "frontend",
        "-p",
        "app",
        "--lib",
        "--target",
        "wasm32-unknown-unknown",
        "--",
        "-D",
        "warnings",
    ];
    Ok(stand.checked("clippy", &mut stand.cargo(&native))?
        + stand.checked("clippy of the page", &mut stand.cargo(&page))?)
}
