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
    let optimising = if plan.optimised { wasm_opt_flags(&workspace.root)? } else { Vec::new() };
    let inputs =
        Inputs::default().text(&bindgen.to_string_lossy()).text(&optimising.join(" ")).file(&compiled)?;
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
            let mut wasm_opt = Command::new(workspace.node_program("wasm-opt"));
            wasm_opt.args(&optimising).arg(module).arg("-o").arg(module);
            run("the page's optimised WASM", &mut wasm_opt)?;
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

/// The flags that cargo-leptos is told, so that both ways of building take the same.
fn wasm_opt_flags(root: &Path) -> Result<Vec<String>> {
    let path = root.join("Cargo.toml");
    let text = std::fs::read_to_string(&path).with_context(|| format!("can't read {}", path.display()))?;
    let manifest: toml::Value = text.parse::<toml::Table>().map(Into::into)?;
    let flags = &manifest["workspace"]["metadata"]["leptos"][0]["wasm-opt-features"];
    let flags = flags.as_array().context("the workspace's metadata has no wasm-opt-features")?;
    Ok(flags.iter().filter_map(|flag| flag.as_str().map(str::to_owned)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wasm_opt_is_told_of_the_vectors_that_the_page_is_built_with() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let flags = wasm_opt_flags(root).unwrap();
        let config = std::fs::read_to_string(root.join(".cargo/config.toml")).unwrap();
        assert!(config.contains("target-feature=+simd128"), "the page is built without vectors");
        assert!(flags.iter().any(|flag| flag == "--enable-simd"), "{flags:?}");
    }
}
