//! Cuts the linked WASM into the first page's module and those that are fetched on demand.
//!
//! With the same crate and the same names as `cargo leptos build --split`. Code that several pages share, and the first
//! page doesn't need, becomes modules of its own.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};

use super::NAME;

/// What the first page's module asks for the others; its underscores leave room for a hash.
pub(super) const LOADER: &str = "__wasm_split.______________________.js";
/// Which modules a page on demand needs.
pub(crate) const MANIFEST: &str = "__wasm_split_manifest.json";

/// The cut module, before wasm-bindgen has seen it.
pub(super) struct Cut {
    /// The first page's module: outside of the site, wasm-bindgen takes it from there.
    pub(super) main: PathBuf,
    /// The modules on demand, within the site.
    pub(super) on_demand: Vec<PathBuf>,
}

/// Writes the modules on demand and what loads them into `packages`.
pub(super) fn cut(compiled: &Path, packages: &Path) -> Result<Cut> {
    remove_former(packages)?;
    let linked = std::fs::read(compiled).with_context(|| format!("can't read {}", compiled.display()))?;
    let main = compiled.with_file_name(format!("{NAME}_split.wasm"));
    let (page, loader) = (format!("./{NAME}.js"), format!("./{LOADER}"));
    let mut options = wasm_split_cli_support::Options::new(&linked);
    options.output_dir = packages;
    options.main_out_path = &main;
    options.main_module = &page;
    options.link_name = &loader;
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("{} can't be split: {error:#}", compiled.display()))?;
    let manifest = packages.join(MANIFEST);
    std::fs::write(&manifest, serde_json::to_string_pretty(&split.prefetch_map)?)
        .with_context(|| format!("can't write {}", manifest.display()))?;
    Ok(Cut { main, on_demand: split.split_modules })
}

/// Modules are named after their pages and numbers: those of pages that are gone would stay for ever.
fn remove_former(packages: &Path) -> Result<()> {
    for entry in std::fs::read_dir(packages).with_context(|| format!("can't read {}", packages.display()))? {
        let path = entry.with_context(|| format!("can't read {}", packages.display()))?.path();
        if path.extension().is_some_and(|ending| ["wasm", "br", "gz"].iter().any(|former| ending == *former))
        {
            std::fs::remove_file(&path).with_context(|| format!("can't remove {}", path.display()))?;
        }
    }
    Ok(())
}
