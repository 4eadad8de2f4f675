//! `cargo xtask coverage`: how much of the System Reference Document runs, printed and written to `docs/RULES_COVERAGE.md`.

use std::process::ExitCode;

use anyhow::Result;

use crate::shell;
use crate::workspace::Workspace;

/// Counts the rules' content, by the rules' own example.
///
/// # Errors
/// When it can't be built, or the files can't be written.
pub(crate) fn run(workspace: &Workspace) -> Result<ExitCode> {
    shell::stream(shell::cargo(&workspace.root).args([
        "run",
        "--quiet",
        "--package",
        "rules",
        "--example",
        "coverage",
    ]))?;
    Ok(ExitCode::SUCCESS)
}
