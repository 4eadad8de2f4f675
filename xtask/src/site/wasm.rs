//! The page's WASM: cargo, then wasm-split, then wasm-bindgen, then wasm-opt if asked for.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::stamp::{Inputs, Stamp};
use super::{NAME, Plan, Runner, split};
use crate::workspace::Workspace;
use crate::{setup, shell};

pub(super) fn build(workspace: &Workspace, plan: &Plan, run: &mut Runner<'_>) -> Result<()> {
    run("the page's WASM", &mut cargo_build(workspace, plan.profile))?;
    let bindgen =
        setup::wasm_bindgen::find(workspace)?.context("wasm-bindgen is missing: run `cargo xtask setup`")?;
    let compiled = compiled(workspace, plan.profile);
    let packages = plan.package_folder();
    let (module, glue) = (packages.join(format!("{NAME}.wasm")), packages.join(format!("{NAME}.js")));
    let (loader, manifest) = (packages.join(split::LOADER), packages.join(split::MANIFEST));
    let inputs = Inputs::default()
        .text(&bindgen.to_string_lossy())
        .text(&format!("{}", plan.optimised))
        .file(&compiled)?;
    let stamp = Stamp::new(&plan.folder, "wasm", &inputs, vec![module.clone(), glue, loader, manifest]);
    if stamp.is_current() {
        return Ok(());
    }
    let cut = split::cut(&compiled, &packages)?;
    let mut glue_command = Command::new(bindgen);
    glue_command
        .args(["--target=web", "--no-typescript", "--keep-lld-exports", "--no-demangle"])
        .args(["--out-name", NAME, "--out-dir"])
        .arg(&packages)
        .arg(&cut.main);
    run("the page's glue", &mut glue_command)?;
    let emitted = packages.join(format!("{NAME}_bg.wasm"));
    if plan.optimised {
        for module in cut.on_demand.iter().chain([&emitted]) {
            run("the page's optimised WASM", &mut wasm_opt(workspace, module))?;
        }
    }
    // Leptos' hydration script asks for this name, as cargo-leptos leaves it.
    std::fs::rename(&emitted, &module).with_context(|| format!("can't write {}", module.display()))?;
    stamp.write()
}

fn cargo_build(workspace: &Workspace, profile: &str) -> Command {
    let mut cargo = shell::cargo(&workspace.root);
    cargo.args(["build", "--package", "frontend", "--lib", "--no-default-features", "--features", "split"]);
    cargo.args(["--target", "wasm32-unknown-unknown", "--profile", profile]);
    cargo
}

fn compiled(workspace: &Workspace, profile: &str) -> PathBuf {
    let folder = if profile == "dev" { "debug" } else { profile };
    workspace.target.join("wasm32-unknown-unknown").join(folder).join("frontend.wasm")
}

fn wasm_opt(workspace: &Workspace, module: &Path) -> Command {
    let mut command = Command::new(workspace.node_program("wasm-opt"));
    // What rustc's target has on by default; binaryen wants to be told.
    command.args(["-Oz", "--enable-bulk-memory", "--enable-nontrapping-float-to-int", "--enable-sign-ext"]);
    command.args(["--enable-mutable-globals", "--enable-reference-types", "--enable-multivalue"]);
    command.arg(module).arg("-o").arg(module);
    command
}
