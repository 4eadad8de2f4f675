//! Benchmarks of infrastructure that need a Redis: `infra`'s own examples, beside a server of their own.

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::{read_json, results};
use crate::servers::lone_redis;
use crate::shell;
use crate::workspace::Workspace;

/// How long callers wait while the event bus changes hands.
pub(super) fn measure_swap(workspace: &Workspace) -> Result<Value> {
    measure(workspace, "swap_pauses")
}

/// How quick the tiered cache is.
pub(super) fn measure_cache(workspace: &Workspace) -> Result<Value> {
    measure(workspace, "cache_percentiles")
}

fn measure(workspace: &Workspace, example: &str) -> Result<Value> {
    let folder = tempfile::tempdir().context("can't create a temporary folder")?;
    let (_server, url) = lone_redis(workspace, folder.path())?;
    let file = results(workspace)?.join(format!("{example}.json"));
    let mut cargo = shell::cargo(&workspace.root);
    cargo.args(["run", "--profile", "play", "--package", "infra", "--example", example, "--"]);
    shell::stream(cargo.args(["--redis", &url]).arg("--out").arg(&file))?;
    let figures = read_json(&file)?;
    std::fs::remove_file(&file).with_context(|| format!("can't remove {}", file.display()))?;
    Ok(figures)
}
