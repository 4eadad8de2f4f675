//! `cargo leptos …`: cargo-leptos itself, finding Tailwind, wasm-opt and wasm-bindgen in the pinned versions.
//!
//! `.cargo/config.toml` makes `cargo leptos` an alias of this command, so that no launcher has to be put anywhere. A
//! release is split into the first page and those on demand, as `cargo xtask build` splits it; metadata can't say that.

use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result};

use crate::setup::{self, Need};
use crate::workspace::Workspace;
use crate::{build, shell, site};

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
    if workspace.site().is_dir() {
        site::compressed::remove(&workspace.site())?;
    }
    site::editor::build(workspace, &mut |title, command| build::visibly(title, command))?;
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(ours.into_iter().flatten().chain(std::env::split_paths(&inherited)))
        .context("PATH can't be extended")?;
    let mut command = Command::new(cargo_leptos);
    shell::forget_own_package(&mut command);
    let failure = command
        .current_dir(&workspace.root)
        .arg("leptos")
        .args(with_split(&options.arguments))
        .env("PATH", path)
        .exec();
    Err(failure).context("can't start cargo-leptos")
}

/// The arguments, with those for a split site if it is a release.
fn with_split(arguments: &[String]) -> Vec<String> {
    let mut arguments = arguments.to_vec();
    let is_release =
        arguments.iter().take_while(|word| *word != "--").any(|word| word == "--release" || word == "-r");
    if is_release && !arguments.iter().any(|word| word == "--split") {
        // After the command's name: before it they are flags of cargo-leptos itself, behind `--` of the server.
        arguments.splice(1..1, ["--split", "--lib-features", "split"].map(str::to_owned));
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::with_split;

    fn split(line: &str) -> String {
        with_split(&line.split(' ').map(str::to_owned).collect::<Vec<_>>()).join(" ")
    }

    #[test]
    fn releases_are_split_and_the_development_loop_is_not() {
        assert_eq!(split("build --release"), "build --split --lib-features split --release");
        assert_eq!(split("serve -r -- serve"), "serve --split --lib-features split -r -- serve");
        assert_eq!(split("watch"), "watch");
        assert_eq!(split("serve -- --release"), "serve -- --release");
        assert_eq!(split("build --release --split"), "build --release --split");
    }
}
