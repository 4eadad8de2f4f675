//! The queue of jobs beside BullMQ: the same scenarios on the same Redis, by turns, and the median of what each reaches.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::read_json;
use crate::servers::lone_redis;
use crate::shell;
use crate::workspace::Workspace;

const ROUNDS: usize = 5;
const JOBS: &str = "20000";
const SCENARIOS: [&str; 4] = ["add", "bulk_add", "process", "end_to_end"];

pub(super) fn measure(workspace: &Workspace) -> Result<Value> {
    let folder = tempfile::tempdir().context("can't create a temporary folder")?;
    let bullmq = workspace.root.join("xtask/bullmq");
    let npm =
        shell::find_program("npm").context("npm is missing: install npm (Debian: apt-get install npm)")?;
    let node = shell::find_program("node").context("Node is missing: install Node 20 or newer")?;
    shell::stream(Command::new(npm).current_dir(&bullmq).args(["ci", "--ignore-scripts", "--no-progress"]))
        .context("npm could not install BullMQ")?;
    let example = ["--profile", "play", "--package", "infra", "--example", "job_throughput"];
    shell::stream(shell::cargo(&workspace.root).arg("build").args(example))?;
    let (_server, url) = lone_redis(workspace, folder.path())?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(measure_ours(workspace, &example, &url, folder.path())?);
        let mut script = Command::new(&node);
        script.current_dir(&bullmq).args(["throughput.mjs", &url, JOBS]);
        let told = shell::output_of(&mut script)?;
        theirs.push(serde_json::from_str(told.trim()).context("BullMQ's figures are no JSON")?);
    }
    let figures = SCENARIOS.into_iter().map(|scenario| {
        let (ours, theirs) = (median(&ours, scenario), median(&theirs, scenario));
        let ratio = |of: &str| ours[of].as_f64().zip(theirs[of].as_f64()).map(|(ours, theirs)| ours / theirs);
        let figures = json!({"ours": ours, "bullmq": theirs, "ratio": ratio("per_s")});
        (scenario.to_owned(), figures)
    });
    Ok(json!({"jobs": JOBS, "rounds": ROUNDS, "scenarios": Value::Object(figures.collect())}))
}

fn measure_ours(workspace: &Workspace, example: &[&str], url: &str, folder: &Path) -> Result<Value> {
    let file = folder.join("ours.json");
    let mut cargo = shell::cargo(&workspace.root);
    cargo.arg("run").args(example).args(["--", "--redis", url, "--jobs", JOBS, "--out"]).arg(&file);
    shell::stream(&mut cargo)?;
    read_json(&file)
}

/// The median of each figure of a scenario.
fn median(rounds: &[Value], scenario: &str) -> Value {
    let figures = rounds.first().and_then(|round| round[scenario].as_object()).into_iter().flatten();
    let median_of = |name: &str| {
        let mut values: Vec<f64> = rounds.iter().filter_map(|round| round[scenario][name].as_f64()).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied()
    };
    figures.map(|(name, _)| (name.clone(), json!(median_of(name)))).collect::<serde_json::Map<_, _>>().into()
}
