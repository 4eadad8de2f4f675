//! Tailwind, wasm-opt, Playwright and axe, as `package-lock.json` pins them.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::shell;
use crate::workspace::Workspace;

const NODE_MAJOR_MIN: u32 = 20;

/// Whether every package that this platform needs is there in the locked version.
pub(super) fn are_current(workspace: &Workspace) -> Result<bool> {
    let wanted = packages(&workspace.root.join("package-lock.json"))?;
    // What npm notes about its own last installation.
    let Ok(installed) = packages(&workspace.root.join("node_modules/.package-lock.json")) else {
        return Ok(false);
    };
    let packages = wanted.as_object().context("package-lock.json has no packages")?;
    Ok(packages.iter().filter(|(path, _)| !path.is_empty()).all(|(path, package)| {
        match installed.get(path) {
            Some(present) => present["version"] == package["version"],
            None => package["optional"] == true,
        }
    }))
}

/// Lets npm install them.
pub(super) fn install(workspace: &Workspace) -> Result<()> {
    check_node()?;
    let npm =
        shell::find_program("npm").context("npm is missing: install npm (Debian: apt-get install npm)")?;
    shell::stream(
        Command::new(npm).current_dir(&workspace.root).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").args([
            "ci",
            "--ignore-scripts",
            "--no-progress",
            "--loglevel=error",
        ]),
    )
    .context("npm could not install the packages of package-lock.json: see its message above")
}

fn packages(lock: &Path) -> Result<Value> {
    let text = std::fs::read_to_string(lock).with_context(|| format!("can't read {}", lock.display()))?;
    let mut lock: Value =
        serde_json::from_str(&text).with_context(|| format!("can't read {}", lock.display()))?;
    Ok(lock["packages"].take())
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
