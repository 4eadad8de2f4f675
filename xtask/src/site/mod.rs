//! Builds the site that the server serves: WASM and its glue, styles, and the public files.
//!
//! Folders and names are those of `[[workspace.metadata.leptos]]`, so `cargo leptos build` gives the same site.

pub(crate) mod compressed;
pub(crate) mod editor;
mod public_files;
mod split;
mod stamp;
mod styles;
mod wasm;

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::workspace::Workspace;

/// The name of the page's files: `realmkeep.js`, `realmkeep.wasm`, `realmkeep.css`.
pub(crate) const NAME: &str = "realmkeep";
/// Their folder within the site.
pub(crate) const PACKAGE_FOLDER: &str = "pkg";

pub(crate) use split::MANIFEST;

/// How to build a site.
pub(crate) struct Plan {
    /// Where it goes.
    pub(crate) folder: PathBuf,
    /// The cargo profile of its WASM.
    pub(crate) profile: &'static str,
    /// Whether to make the files small, by wasm-opt and brotli, which takes longer than compiling a change.
    pub(crate) optimised: bool,
}

impl Plan {
    fn package_folder(&self) -> PathBuf {
        self.folder.join(PACKAGE_FOLDER)
    }
}

/// How to run cargo and the other programs: in the open for `run`, captured for `test`.
pub(crate) type Runner<'a> = dyn FnMut(&str, &mut std::process::Command) -> Result<()> + 'a;

/// Builds what changed of the site.
///
/// # Errors
/// When a tool fails or a file can't be written.
pub(crate) fn build(workspace: &Workspace, plan: &Plan, run: &mut Runner<'_>) -> Result<()> {
    std::fs::create_dir_all(plan.package_folder())
        .with_context(|| format!("can't create {}", plan.package_folder().display()))?;
    let _only_one = lock(&plan.folder)?;
    wasm::build(workspace, plan, run)?;
    styles::build(workspace, plan, run)?;
    editor::build(workspace, run)?;
    public_files::copy(&workspace.root.join("app/public"), &plan.folder)?;
    compressed::write(plan, run)
}

/// Two builds into the same site wait for each other.
fn lock(site: &Path) -> Result<File> {
    let path = site.with_extension("lock");
    let file = File::create(&path).with_context(|| format!("can't write {}", path.display()))?;
    file.lock().with_context(|| format!("can't lock {}", path.display()))?;
    Ok(file)
}
