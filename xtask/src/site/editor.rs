//! The recipe editor: CodeMirror and what is ours of it, bundled into one file among the public ones.
//!
//! It lies there, out of git, so that cargo-leptos copies it as any other public file, whichever way the site is built. Only
//! the studio's page loads it.

use std::process::Command;

use anyhow::{Context as _, Result};

use super::Runner;
use super::stamp::{Inputs, Stamp};
use crate::workspace::Workspace;

/// What older browsers than those of WebAssembly's bulk memory would not understand either.
const TARGET: &str = "--target=es2022";

/// Bundles what changed.
///
/// # Errors
/// When esbuild fails or the file can't be written.
pub(crate) fn build(workspace: &Workspace, run: &mut Runner<'_>) -> Result<()> {
    let root = &workspace.root;
    let bundle = root.join("app/public/editor.js");
    let inputs = Inputs::default()
        .text(TARGET)
        .file(&root.join("package-lock.json"))?
        .folder(&root.join("app/editor"))?;
    let stamp = Stamp::new(&workspace.site(), "editor", &inputs, vec![bundle.clone()]);
    if stamp.is_current() {
        return Ok(());
    }
    let fresh = workspace.site().with_extension(format!("editor.{}.js", std::process::id()));
    if let Some(folder) = fresh.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("can't create {}", folder.display()))?;
    }
    let mut esbuild = Command::new(workspace.node_program("esbuild"));
    esbuild.current_dir(root).args(["app/editor/index.mjs", "--bundle", "--format=iife", "--minify", TARGET]);
    esbuild.args(["--log-level=warning", "--legal-comments=none"]);
    esbuild.arg(format!("--outfile={}", fresh.display()));
    run("the recipe editor", &mut esbuild)?;
    // Written in one go: another build may be copying it.
    let content = std::fs::read(&fresh).with_context(|| format!("can't read {}", fresh.display()))?;
    std::fs::write(&bundle, content).with_context(|| format!("can't write {}", bundle.display()))?;
    std::fs::remove_file(&fresh).with_context(|| format!("can't remove {}", fresh.display()))?;
    stamp.write()
}
