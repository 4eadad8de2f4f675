//! `cargo xtask build`: the server and its site.

use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::screen::{self, Steps};
use crate::workspace::Workspace;
use crate::{setup, shell, site};

/// `cargo xtask build`
#[derive(clap::Args)]
// `run` flattens these beside its own; clap would give both groups the name of the struct.
#[group(skip)]
pub(crate) struct Options {
    /// As for shipping: slower to build, faster and smaller
    #[arg(long)]
    pub(crate) release: bool,
}

impl Options {
    /// The cargo profile of the server, which names its folder too.
    pub(crate) fn server_profile(&self) -> &'static str {
        if self.release { "release" } else { "play" }
    }

    /// Sharing the server's profile saves building every macro twice.
    fn page_profile(&self) -> &'static str {
        if self.release { "wasm-release" } else { "play" }
    }
}

/// Runs `cargo xtask build`.
///
/// # Errors
/// When something can't be installed or built.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    build(workspace, options)?;
    Ok(ExitCode::SUCCESS)
}

/// Sets up, then builds what changed.
///
/// # Errors
/// When something can't be installed or built.
pub(crate) fn build(workspace: &Workspace, options: &Options) -> Result<()> {
    setup::ensure(workspace, &setup::SITE)?;
    let mut steps = Steps::new(2);
    steps.next("build the server");
    let mut cargo = shell::cargo(&workspace.root);
    cargo.args(["build", "--package", "server", "--bin", "server", "--profile", options.server_profile()]);
    shell::stream(cargo.stdin(Stdio::null()))?;
    steps.next("build the page");
    let plan =
        site::Plan { folder: workspace.site(), profile: options.page_profile(), optimised: options.release };
    site::build(workspace, &plan, &mut |title, command| visibly(title, command))?;
    screen::note(&format!("Built in {}.", screen::span(steps.elapsed())));
    Ok(())
}

/// Cargo speaks for itself; the other tools only when they fail.
pub(crate) fn visibly(title: &str, command: &mut Command) -> Result<()> {
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
