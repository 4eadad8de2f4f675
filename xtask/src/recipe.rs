//! `cargo xtask recipe check`: what an editor tells about recipes, whether their tests hold, and what their layers cost.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::Subcommand;

use crate::shell;
use crate::workspace::Workspace;

/// `cargo xtask recipe`
#[derive(clap::Args)]
pub(crate) struct Options {
    #[command(subcommand)]
    order: Order,
}

#[derive(Subcommand)]
enum Order {
    /// Tell all faults of recipes, run their tests, and estimate what a chunk spends on each layer
    Check {
        /// The recipes, such as config/recipes/temperate.yaml
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The seed of the worlds that the tests look at
        #[arg(long, default_value_t = 42)]
        seed: u64,
    },
}

/// Checks recipes, by the terrain's own example.
///
/// # Errors
/// When it can't be built. Recipes with faults, or whose tests don't hold, only fail.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let Order::Check { files, seed } = &options.order;
    let mut cargo = shell::cargo(&workspace.root);
    cargo.args(["run", "--quiet", "--package", "worldgen", "--example", "check_recipe", "--"]);
    cargo.args(["--seed", &seed.to_string()]);
    for file in files {
        // The example runs at the repository's root, wherever we were called.
        cargo.arg(std::path::absolute(file).with_context(|| format!("can't find {}", file.display()))?);
    }
    let status = cargo.status().context("can't start cargo")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
