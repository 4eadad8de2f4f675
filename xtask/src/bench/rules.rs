//! Attacks, spell effects and forecasts a second, from the rules' own example.

use anyhow::Result;
use serde_json::Value;

use super::{read_json, results};
use crate::shell;
use crate::workspace::Workspace;

pub(super) fn measure(workspace: &Workspace) -> Result<Value> {
    let file = results(workspace)?.join("rules.json");
    shell::stream(
        shell::cargo(&workspace.root)
            .args(["run", "--release", "--package", "rules", "--example", "speed", "--", "--out"])
            .arg(&file),
    )?;
    read_json(&file)
}
