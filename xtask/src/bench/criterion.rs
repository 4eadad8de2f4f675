//! Criterion's benchmarks, gathered from where it leaves its estimates.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde_json::{Map, Value, json};

use super::read_json;
use crate::shell;
use crate::workspace::Workspace;

pub(super) fn measure_chunks(workspace: &Workspace) -> Result<Value> {
    let folder = tempfile::tempdir().context("can't create a temporary folder")?;
    shell::stream(
        shell::cargo(&workspace.root)
            .args(["bench", "--profile", "play", "--package", "worldgen", "--bench", "chunk"])
            .env("CRITERION_HOME", folder.path()),
    )?;
    let mut figures = Map::new();
    gather(folder.path(), folder.path(), &mut figures)?;
    if figures.is_empty() {
        bail!("criterion left no estimates");
    }
    Ok(Value::Object(figures))
}

/// `<group>/<benchmark>/new/estimates.json` becomes `"<group>/<benchmark>": {…}`.
fn gather(home: &Path, folder: &Path, figures: &mut Map<String, Value>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("can't read {}", folder.display()))? {
        let path = entry.with_context(|| format!("can't read {}", folder.display()))?.path();
        if path.is_dir() {
            gather(home, &path, figures)?;
        } else if path.ends_with("new/estimates.json") {
            let estimates = read_json(&path)?;
            let name = path.parent().and_then(Path::parent).and_then(|folder| folder.strip_prefix(home).ok());
            let name = name.context("estimates without a benchmark")?.to_string_lossy().into_owned();
            let nanoseconds = |of: &str| estimates[of]["point_estimate"].clone();
            figures
                .insert(name, json!({ "median_ns": nanoseconds("median"), "mean_ns": nanoseconds("mean") }));
        }
    }
    Ok(())
}
