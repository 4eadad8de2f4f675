//! cargo-deny: which licences and crates may come in.

use std::path::PathBuf;

use anyhow::Result;

use super::cargo_tool::CargoTool;
use crate::workspace::Workspace;

/// `cargo-deny`, if it is there in the right version.
pub(crate) fn find(workspace: &Workspace) -> Option<PathBuf> {
    tool().find(workspace, "cargo-deny")
}

pub(super) fn install(workspace: &Workspace) -> Result<()> {
    tool().install(workspace)
}

fn tool() -> CargoTool {
    CargoTool {
        package: "cargo-deny",
        version: "0.20.2".to_owned(),
        arguments: &["--locked", "--ignore-rust-version"],
        opt_level: "0",
    }
}
