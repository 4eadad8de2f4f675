//! `cargo xtask run`: from a fresh clone to a served world.

use std::ffi::OsString;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result};

use crate::workspace::Workspace;
use crate::{build, site};

/// `cargo xtask run`
#[derive(clap::Args)]
pub(crate) struct Options {
    #[command(flatten)]
    build: build::Options,
    /// Arguments for the server
    #[arg(last = true)]
    server: Vec<String>,
}

/// Sets up, builds, and becomes the server: signals go to it, its exit code is ours.
///
/// # Errors
/// When something can't be installed, built or started.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    build::build(workspace, &options.build)?;
    let mut server = Command::new(workspace.target.join(options.build.server_profile()).join("server"));
    server.current_dir(&workspace.root).args(&options.server).envs(site_settings(&workspace.site()));
    Err(server.exec()).context("can't start the server")
}

/// What Leptos must know to find a site, as cargo-leptos would tell it.
pub(crate) fn site_settings(site: &Path) -> [(&'static str, OsString); 3] {
    [
        ("LEPTOS_OUTPUT_NAME", site::NAME.into()),
        ("LEPTOS_SITE_ROOT", site.into()),
        ("LEPTOS_SITE_PKG_DIR", site::PACKAGE_FOLDER.into()),
    ]
}
