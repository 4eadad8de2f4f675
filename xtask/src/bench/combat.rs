//! Fights in the simulation, from its own example: that they go the same way every time, what a tick takes, how well minds play.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::{read_json, results};
use crate::shell;
use crate::workspace::Workspace;

/// A thousand against a thousand, then crowds of which half fight.
pub(super) fn measure(workspace: &Workspace) -> Result<Value> {
    Ok(json!({ "skirmish": fight(workspace, "skirmish")?, "load": fight(workspace, "load")? }))
}

/// Thinking against chance and against whoever strikes at the nearest.
pub(super) fn measure_tactics(workspace: &Workspace) -> Result<Value> {
    fight(workspace, "tactics")
}

fn fight(workspace: &Workspace, which: &str) -> Result<Value> {
    let file: PathBuf = results(workspace)?.join(format!("combat-{which}.json"));
    let measured = shell::stream(
        shell::cargo(&workspace.root)
            .args(["run", "--profile", "play", "--package", "simulation", "--example", "combat", "--", which])
            .arg("--out")
            .arg(&file),
    );
    // What was measured is written even where it falls short, and is worth reading then.
    measured.with_context(|| format!("see {}", file.display()))?;
    read_json(&file)
}
