//! `cargo xtask codegen`: what is generated from `game/protocol`, the single source of the wire format.

use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};

use crate::screen;
use crate::workspace::Workspace;

/// `cargo xtask codegen`
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Write nothing: fail when a generated file is stale
    #[arg(long)]
    check: bool,
}

/// Writes the generated files that differ, or with `--check` names them.
///
/// # Errors
/// When a file is stale, or can't be written.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let mut stale = Vec::new();
    for (path, content) in protocol::codegen::files() {
        let file = workspace.root.join(path);
        if std::fs::read_to_string(&file).is_ok_and(|present| present == content) {
            continue;
        }
        stale.push(path);
        if !options.check {
            let folder = file.parent().context("a generated file without a folder")?;
            std::fs::create_dir_all(folder).with_context(|| format!("can't create {}", folder.display()))?;
            std::fs::write(&file, content).with_context(|| format!("can't write {}", file.display()))?;
            screen::line(&format!("wrote {path}"));
        }
    }
    if options.check && !stale.is_empty() {
        bail!("stale: {}. Run `cargo xtask codegen`", stale.join(", "));
    }
    Ok(ExitCode::SUCCESS)
}
