//! cargo-leptos, the development loop. Nothing else needs it.

use std::path::PathBuf;

use anyhow::Result;

use super::cargo_tool::CargoTool;
use crate::workspace::Workspace;

/// `cargo-leptos`, if it is there in the right version.
pub(crate) fn find(workspace: &Workspace) -> Option<PathBuf> {
    tool().find(workspace, "cargo-leptos")
}

pub(super) fn install(workspace: &Workspace) -> Result<()> {
    tool().install(workspace)
}

fn tool() -> CargoTool {
    CargoTool {
        package: "cargo-leptos",
        version: "0.3.11".to_owned(),
        // Without downloads it takes the tools that this set-up installed, or says which is missing.
        arguments: &["--locked", "--features", "no_downloads", "--ignore-rust-version"],
        opt_level: "0",
    }
}
