//! A server with nobody on it: how long it takes to start with its data there, and what memory it holds.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::build;
use crate::servers::Realm;
use crate::shell;
use crate::workspace::Workspace;

/// Long enough for caches to fill and regions to tick.
const IDLE: Duration = Duration::from_secs(30);

pub(super) fn measure(workspace: &Workspace) -> Result<Value> {
    let options = build::Options { release: false };
    build::build(workspace, &options)?;
    let folder = tempfile::tempdir().context("can't create a temporary folder")?;
    let program = workspace.target.join(options.server_profile()).join("server");
    let data = folder.path().join("data");
    let start = || {
        let begun = Instant::now();
        let realm = Realm::start(workspace, &program, &workspace.site(), &data, folder.path())?;
        anyhow::Ok((realm, begun.elapsed()))
    };
    let (first, first_start) = start()?;
    drop(first);
    let (realm, second_start) = start()?;
    realm.page("/")?;
    std::thread::sleep(IDLE);
    Ok(json!({
        "first_start_ms": first_start.as_millis(),
        "second_start_ms": second_start.as_millis(),
        "idle_resident_bytes": resident_bytes(realm.process_id())?,
    }))
}

/// The server as it is shipped.
///
/// # Errors
/// When it can't be built.
pub(super) fn build_release(workspace: &Workspace) -> Result<PathBuf> {
    let mut cargo = shell::cargo(&workspace.root);
    cargo.args(["build", "--package", "server", "--bin", "server", "--release"]);
    shell::stream(cargo.stdin(Stdio::null()))?;
    Ok(workspace.target.join("release/server"))
}

fn resident_bytes(process: u32) -> Result<u64> {
    let path = format!("/proc/{process}/status");
    let status = std::fs::read_to_string(Path::new(&path)).with_context(|| format!("can't read {path}"))?;
    let kilobytes = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|value| value.trim().trim_end_matches(" kB").parse::<u64>().ok())
        .with_context(|| format!("{path} has no VmRSS"))?;
    Ok(kilobytes * 1024)
}
