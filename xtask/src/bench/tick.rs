//! Percentiles of a region's tick, from the simulation's own example.

use anyhow::Result;
use serde_json::Value;

use super::{read_json, results};
use crate::shell;
use crate::workspace::Workspace;

pub(super) fn measure(workspace: &Workspace) -> Result<Value> {
    let file = results(workspace)?.join("tick.json");
    shell::stream(
        shell::cargo(&workspace.root)
            .args([
                "run",
                "--profile",
                "play",
                "--package",
                "simulation",
                "--example",
                "tick_percentiles",
                "--",
            ])
            .arg("--out")
            .arg(&file),
    )?;
    read_json(&file)
}
