//! Tailwind, wasm-opt, Playwright and axe, as `package-lock.json` pins them.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::shell;
use crate::workspace::Workspace;

const NODE_MAJOR_MIN: u32 = 20;

/// Whether the installed packages are those of the present lock file.
pub(super) fn are_current(workspace: &Workspace) -> Result<bool> {
    let lock =
        std::fs::read(workspace.root.join("package-lock.json")).context("can't read package-lock.json")?;
    let installed = std::fs::read(stamp(workspace)).unwrap_or_default();
    Ok(lock == installed && workspace.node_program("tailwindcss").exists())
}

/// Lets npm install them.
pub(super) fn install(workspace: &Workspace) -> Result<()> {
    check_node()?;
    let npm =
        shell::find_program("npm").context("npm is missing: install npm (Debian: apt-get install npm)")?;
    // Not `npm ci`: it insists on packages of other platforms, which a registry may not carry.
    shell::stream(
        Command::new(npm).current_dir(&workspace.root).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").args([
            "install",
            "--no-save",
            "--no-progress",
            "--loglevel=error",
        ]),
    )
    .context("npm could not install the packages of package-lock.json: see its message above")?;
    std::fs::copy(workspace.root.join("package-lock.json"), stamp(workspace))
        .context("can't write into node_modules")?;
    Ok(())
}

fn check_node() -> Result<()> {
    let how =
        format!("install Node {NODE_MAJOR_MIN} or newer (nodejs.org, or your distribution's nodejs package)");
    let Some(node) = shell::find_program("node") else { bail!("Node is missing: {how}") };
    let version = shell::output_of(Command::new(node).arg("--version"))?;
    let major = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|number| number.parse::<u32>().ok());
    if major.is_none_or(|major| major < NODE_MAJOR_MIN) {
        bail!("Node {} is too old: {how}", version.trim());
    }
    Ok(())
}

fn stamp(workspace: &Workspace) -> PathBuf {
    workspace.root.join("node_modules/.realmkeep-lock.json")
}
