//! wasm-bindgen's command line: it must have the very version of the crate that the WASM was built with.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use super::cargo_tool::CargoTool;
use crate::workspace::Workspace;

/// `wasm-bindgen`, if it is there in the right version. Its test runner lies beside it.
///
/// # Errors
/// When the root manifest does not pin the crate.
pub(crate) fn find(workspace: &Workspace) -> Result<Option<PathBuf>> {
    Ok(tool(workspace)?
        .find(workspace, "wasm-bindgen")
        .filter(|found| found.with_file_name("wasm-bindgen-test-runner").is_file()))
}

pub(super) fn install(workspace: &Workspace) -> Result<()> {
    tool(workspace)?.install(workspace)
}

/// Without `--locked`: its lock file names crates that registries have withdrawn.
fn tool(workspace: &Workspace) -> Result<CargoTool> {
    Ok(CargoTool {
        package: "wasm-bindgen-cli",
        version: pinned_version(workspace)?,
        arguments: &[],
        // It stands between every change of a page and its sight: unoptimised for some 8 s.
        opt_level: "1",
    })
}

fn pinned_version(workspace: &Workspace) -> Result<String> {
    let path = workspace.root.join("Cargo.toml");
    let text = std::fs::read_to_string(&path).with_context(|| format!("can't read {}", path.display()))?;
    let manifest: toml::Table = text.parse().with_context(|| format!("can't read {}", path.display()))?;
    manifest["workspace"]["dependencies"]["wasm-bindgen"]
        .as_str()
        .and_then(|requirement| requirement.strip_prefix('='))
        .map(str::to_owned)
        .context("Cargo.toml: workspace.dependencies.wasm-bindgen must be pinned, as in \"=0.2.130\"")
}
