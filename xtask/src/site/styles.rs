//! The page's styles: Tailwind over what app, frontend and style say.

use std::process::Command;

use anyhow::Result;

use super::stamp::{Inputs, Stamp};
use super::{NAME, Plan, Runner};
use crate::workspace::Workspace;

pub(super) fn build(workspace: &Workspace, plan: &Plan, run: &mut Runner<'_>) -> Result<()> {
    let root = &workspace.root;
    let output = plan.package_folder().join(format!("{NAME}.css"));
    let inputs = Inputs::default()
        .file(&root.join("package-lock.json"))?
        .folder(&root.join("style"))?
        .folder(&root.join("app/src"))?
        .folder(&root.join("frontend/src"))?;
    let stamp = Stamp::new(&plan.folder, "styles", &inputs, vec![output.clone()]);
    if stamp.is_current() {
        return Ok(());
    }
    let mut tailwind = Command::new(workspace.node_program("tailwindcss"));
    tailwind.current_dir(root).args(["--input", "style/tailwind.css", "--minify", "--output"]).arg(&output);
    run("the page's styles", &mut tailwind)?;
    stamp.write()
}
