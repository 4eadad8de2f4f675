//! `cargo xtask run`: from a fresh clone to a served world.

use std::os::unix::process::CommandExt as _;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::screen::{self, Steps};
use crate::workspace::Workspace;
use crate::{setup, shell, site};

/// `cargo xtask run`
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Build as for shipping: slower to build, faster and smaller
    #[arg(long)]
    release: bool,
    /// Arguments for the server
    #[arg(last = true)]
    server: Vec<String>,
}

/// Sets up, builds, and becomes the server: signals go to it, its exit code is ours.
///
/// # Errors
/// When something can't be installed, built or started.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    setup::ensure(workspace, &setup::SITE)?;
    let (profile, wasm_profile) =
        if options.release { ("release", "wasm-release") } else { ("play", "play") };
    let mut steps = Steps::new(2);
    steps.next("build the server");
    shell::stream(
        shell::cargo(&workspace.root)
            .args(["build", "--package", "server", "--bin", "server", "--profile", profile])
            .stdin(Stdio::null()),
    )?;
    steps.next("build the page");
    let plan = site::Plan { folder: workspace.site(), profile: wasm_profile, optimised: options.release };
    site::build(workspace, &plan, &mut |title, command| shown(title, command))?;
    screen::note(&format!("Built in {}. Starting the server.", screen::span(steps.elapsed())));
    let failure = server(workspace, profile, options).exec();
    Err(failure).context("can't start the server")
}

/// Cargo speaks for itself; the other tools only when they fail.
fn shown(title: &str, command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    if name.ends_with("cargo") {
        return shell::stream(command.stdin(Stdio::null()));
    }
    screen::note(&screen::faint(&format!("      {title}")));
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("can't start {name}"))?;
    if !output.status.success() {
        screen::note(&String::from_utf8_lossy(&output.stdout));
        screen::note(&String::from_utf8_lossy(&output.stderr));
        bail!("{title} could not be built: {name} failed ({})", output.status);
    }
    Ok(())
}

fn server(workspace: &Workspace, profile: &str, options: &Options) -> Command {
    let mut server = Command::new(workspace.target.join(profile).join("server"));
    server.current_dir(&workspace.root).args(&options.server).envs(site_settings(&workspace.site()));
    if std::env::var_os("LEPTOS_SITE_ADDR").is_none() {
        server.env("LEPTOS_SITE_ADDR", "127.0.0.1:3000");
    }
    server
}

/// What Leptos must know to find a site, as cargo-leptos would tell it.
pub(crate) fn site_settings(site: &std::path::Path) -> [(&'static str, std::ffi::OsString); 3] {
    [
        ("LEPTOS_OUTPUT_NAME", site::NAME.into()),
        ("LEPTOS_SITE_ROOT", site.into()),
        ("LEPTOS_SITE_PKG_DIR", site::PACKAGE_FOLDER.into()),
    ]
}
