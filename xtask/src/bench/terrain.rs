//! Terrain beside other libraries' noise, and natively beside the browser's build.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::{read_json, results};
use crate::setup::{self, Need};
use crate::shell;
use crate::workspace::Workspace;

/// Runs the module under Node.
const RUNNER: &str = include_str!("terrain.mjs");

pub(super) fn measure(workspace: &Workspace) -> Result<Value> {
    setup::ensure(workspace, &[Need::WasmTarget])?;
    let file = results(workspace)?.join("terrain.json");
    // First as peers are at their best: some choose their instructions when they are compiled and not when they run.
    let for_this_processor = beside_peers(workspace, &file, Some("-Ctarget-cpu=native"))?;
    let mut measured = beside_peers(workspace, &file, None)?;
    measured["built_for_this_processor_alone"] = for_this_processor;
    let native =
        |name: &str| measured["cpu_us"][name].as_f64().context("a figure of the native run is missing");
    let (noise_us, chunk_us) = (native("ours")?, native("our_chunk")?);
    let folder = tempfile::tempdir().context("can't create a temporary folder")?;
    let runner = folder.path().join("terrain.mjs");
    std::fs::write(&runner, RUNNER).with_context(|| format!("can't write {}", runner.display()))?;
    let mut wasm = serde_json::Map::new();
    for instructions in ["scalar", "simd128"] {
        let figures = in_wasm(workspace, instructions, &runner)?;
        let of = |name: &str| figures[name].as_f64().context("a figure of the run under Node is missing");
        let share = |native: f64, here: f64| (native / here * 100.0).round() / 100.0;
        let figures = json!({
            "noise_cpu_us": of("noise")?,
            "chunk_cpu_us": of("chunk")?,
            "noise_of_native_speed": share(noise_us, of("noise")?),
            "chunk_of_native_speed": share(chunk_us, of("chunk")?),
        });
        wasm.insert(instructions.to_owned(), figures);
    }
    measured["wasm_under_node"] = wasm.into();
    Ok(measured)
}

/// Our noise beside that of other libraries, natively.
fn beside_peers(workspace: &Workspace, file: &Path, flags: Option<&str>) -> Result<Value> {
    let mut cargo = shell::cargo(&workspace.root);
    cargo.args(["run", "--release", "--package", "peers", "--", "--out"]).arg(file);
    if let Some(flags) = flags {
        cargo.env("RUSTFLAGS", flags);
    }
    shell::stream(&mut cargo)?;
    read_json(file)
}

/// The module as releases are built, without what makes it smaller afterwards.
fn in_wasm(workspace: &Workspace, instructions: &str, runner: &Path) -> Result<Value> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let mut cargo = shell::cargo(&workspace.root);
    cargo.args(["build", "--profile", "wasm-release", "--target", TARGET]);
    cargo.args(["--package", "worldgen", "--example", "terrain_in_wasm"]);
    cargo.args(["--no-default-features", "--features", "authoring"]);
    // Vectors are what the workspace builds for browsers with. Flags of the environment go behind its own.
    if instructions == "scalar" {
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Ctarget-feature=-simd128");
    }
    shell::stream(&mut cargo)?;
    let module = workspace.target.join(TARGET).join("wasm-release/examples/terrain_in_wasm.wasm");
    let printed = shell::output_of(Command::new("node").arg(runner).arg(&module))?;
    serde_json::from_str(&printed).with_context(|| format!("Node printed {printed:?} instead of figures"))
}
