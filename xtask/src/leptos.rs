//! `cargo leptos …`: cargo-leptos itself, finding Tailwind, wasm-opt and wasm-bindgen in the pinned versions.
//!
//! `.cargo/config.toml` makes `cargo leptos` an alias of this command, so that no launcher has to be put anywhere. A
//! release is split into the first page and those on demand, as `cargo xtask build` splits it, and `watch` patches views
//! into the open page; metadata can't say either.

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
        .args(completed(&options.arguments))
        .env("PATH", path)
        .exec();
    Err(failure).context("can't start cargo-leptos")
}

/// The arguments, with those that the command always means.
///
/// They go after the command's name: before it they are flags of cargo-leptos itself, behind `--` of the server.
fn completed(arguments: &[String]) -> Vec<String> {
    let mut arguments = arguments.to_vec();
    let own: Vec<&str> = arguments.iter().map(String::as_str).take_while(|word| *word != "--").collect();
    let has = |flag: &str| own.contains(&flag);
    let mut missing = Vec::new();
    if (has("--release") || has("-r")) && !has("--split") {
        missing.extend(["--split", "--lib-features", "split"]);
    }
    // What changed in a `view!` is patched into the open page at once; the build that follows takes longer than a look.
    if own.first() == Some(&"watch") && !has("--hot-reload") {
        missing.push("--hot-reload");
    }
    let after_name = arguments.len().min(1);
    arguments.splice(after_name..after_name, missing.into_iter().map(str::to_owned));
    arguments
}

#[cfg(test)]
mod tests {
    use super::completed;

    fn completed_line(line: &str) -> String {
        completed(&line.split(' ').map(str::to_owned).collect::<Vec<_>>()).join(" ")
    }

    #[test]
    fn releases_are_split() {
        assert_eq!(completed_line("build --release"), "build --split --lib-features split --release");
        assert_eq!(completed_line("serve -r -- serve"), "serve --split --lib-features split -r -- serve");
        assert_eq!(completed_line("serve -- --release"), "serve -- --release");
        assert_eq!(completed_line("build --release --split"), "build --release --split");
    }

    #[test]
    fn the_development_loop_patches_views_and_splits_nothing() {
        assert_eq!(completed_line("watch"), "watch --hot-reload");
        assert_eq!(completed_line("watch --hot-reload -- serve"), "watch --hot-reload -- serve");
    }

    #[test]
    fn no_arguments_stay_none() {
        assert_eq!(completed(&[]), Vec::<String>::new());
    }
}
