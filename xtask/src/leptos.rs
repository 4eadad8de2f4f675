//! `cargo leptos …`: cargo-leptos itself, finding Tailwind, wasm-opt and wasm-bindgen in the pinned versions.
//!
//! `.cargo/config.toml` makes `cargo leptos` an alias of this command, so that no launcher has to be put anywhere.

use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result};

use crate::setup::{self, Need};
use crate::workspace::Workspace;

/// `cargo xtask leptos`
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Arguments for cargo-leptos
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Becomes cargo-leptos.
///
/// # Errors
/// When it can't be installed or started.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    setup::ensure(workspace, &[&setup::SITE[..], &[Need::CargoLeptos]].concat())?;
    let cargo_leptos = setup::cargo_leptos::find(workspace).context("cargo-leptos is gone again")?;
    let wasm_bindgen = setup::wasm_bindgen::find(workspace)?.context("wasm-bindgen is gone again")?;
    let ours = [wasm_bindgen.parent().map(Path::to_owned), Some(workspace.root.join("node_modules/.bin"))];
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(ours.into_iter().flatten().chain(std::env::split_paths(&inherited)))
        .context("PATH can't be extended")?;
    let failure = Command::new(cargo_leptos)
        .current_dir(&workspace.root)
        .arg("leptos")
        .args(&options.arguments)
        .env("PATH", path)
        .exec();
    Err(failure).context("can't start cargo-leptos")
}
