//! Schemathesis: asks a server all that its description allows, and what it forbids. From PyPI, into a folder of its own.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::shell;
use crate::workspace::Workspace;

/// The package and all that it needs, each in the version that was tried.
const PINNED: &str = include_str!("schemathesis.txt");

/// `schemathesis`, if it is there in the right version.
pub(crate) fn find(workspace: &Workspace) -> Option<PathBuf> {
    let folder = folder(workspace);
    let noted = std::fs::read_to_string(folder.join("pinned.txt")).ok()?;
    let program = folder.join("bin/schemathesis");
    (noted == PINNED && program.is_file()).then_some(program)
}

pub(super) fn install(workspace: &Workspace) -> Result<()> {
    let Some(python) = shell::find_program("python3") else {
        bail!("python3 is missing: install it (Debian: apt-get install python3 python3-venv)");
    };
    let folder = folder(workspace);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("can't remove {}", folder.display()))?;
    }
    shell::stream(Command::new(python).args(["-m", "venv"]).arg(&folder))
        .context("python3 could not make a folder for packages (Debian: apt-get install python3-venv)")?;
    let wanted = folder.join("wanted.txt");
    std::fs::write(&wanted, PINNED).with_context(|| format!("can't write {}", wanted.display()))?;
    let pip =
        ["install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps", "--requirement"];
    shell::stream(Command::new(folder.join("bin/pip")).args(pip).arg(&wanted))
        .context("pip could not install schemathesis: see its message above")?;
    // Last, so that a half-finished folder is not taken for a whole one.
    let noted = folder.join("pinned.txt");
    std::fs::write(&noted, PINNED).with_context(|| format!("can't write {}", noted.display()))
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.tools.join("schemathesis")
}
