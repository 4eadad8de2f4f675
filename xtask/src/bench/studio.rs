//! The studio in a browser: from a slider's move to 4×4 chunks drawn anew.

use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::servers::{OWNER_EMAIL, OWNER_PASSWORD, Realm};
use crate::setup::Package;
use crate::workspace::Workspace;
use crate::{build, setup, shell, site};

pub(super) fn measure(workspace: &Workspace) -> Result<Value> {
    setup::ensure(workspace, &[&setup::SITE[..], &[setup::Need::Debian(Package::Chromium)]].concat())?;
    let options = build::Options { release: false };
    build::build(workspace, &options)?;
    // The terrain as it ships: an unoptimised one says nothing.
    let plan = site::Plan {
        folder: workspace.target.join("site-to-measure"),
        profile: "wasm-release",
        optimised: true,
    };
    site::build(workspace, &plan, &mut |title, command| build::visibly(title, command))?;
    let folder = tempfile::tempdir().context("can't create a temporary folder")?;
    let program = workspace.target.join(options.server_profile()).join("server");
    let data = folder.path().join("data");
    let realm = Realm::start(workspace, &program, &plan.folder, &data, folder.path())?;
    let chromium = Package::Chromium.program().context("chromium is gone again")?;
    let node = shell::find_program("node").context("node is gone again")?;
    let mut measure = Command::new(node);
    measure.current_dir(&workspace.root).arg("end2end/bench/studio.mjs");
    measure.env("REALMKEEP_BASE_URL", realm.address()).env("REALMKEEP_CHROMIUM", chromium);
    measure.env("REALMKEEP_OWNER_EMAIL", OWNER_EMAIL).env("REALMKEEP_OWNER_PASSWORD", OWNER_PASSWORD);
    let text = shell::output_of(&mut measure)?;
    serde_json::from_str(text.trim()).context("the measurement printed something else than its figures")
}
