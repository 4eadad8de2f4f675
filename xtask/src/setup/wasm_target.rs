//! Rust's own WASM target, by rustup.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::shell;
use crate::workspace::Workspace;

const TARGET: &str = "wasm32-unknown-unknown";

/// Whether the running toolchain has it, however it came there.
pub(super) fn is_installed() -> Result<bool> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let folder =
        shell::output_of(Command::new(rustc).args(["--print", "target-libdir", "--target", TARGET]))?;
    Ok(PathBuf::from(folder.trim()).is_dir())
}

/// Asks rustup for it.
pub(super) fn install(workspace: &Workspace) -> Result<()> {
    let by_hand = format!("install Rust's {TARGET} target by hand: `rustup target add {TARGET}`");
    let Some(rustup) = shell::find_program("rustup") else {
        bail!("rustup is not there: {by_hand}, or your distribution's package of it");
    };
    if shell::stream(Command::new(rustup).current_dir(&workspace.root).args(["target", "add", TARGET]))
        .is_err()
        || !is_installed()?
    {
        bail!("rustup could not add it: {by_hand}");
    }
    Ok(())
}
