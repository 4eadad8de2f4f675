//! Installs what is missing and nothing else.
//!
//! Each tool is a file here: how to see that it is there, and how to get it. Tools that cargo builds go into a cache of
//! their own (`Workspace::tools`), so neither `~/.cargo/bin` nor the system is touched.

pub(crate) mod cargo_deny;
pub(crate) mod cargo_leptos;
mod cargo_tool;
mod debian;
mod node_packages;
pub(crate) mod schemathesis;
pub(crate) mod wasm_bindgen;
mod wasm_target;

use std::fs::File;
use std::process::ExitCode;

use anyhow::{Context as _, Result};

pub(crate) use self::debian::{Package, postgres_programs};
use crate::screen::{self, Steps};
use crate::workspace::Workspace;

/// `cargo xtask setup`
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only what `cargo xtask run` needs: leave out cargo-leptos, which takes minutes to build
    #[arg(long)]
    no_watch: bool,
    /// Also what `cargo xtask test` needs: cargo-deny, databases, browser, Mono
    #[arg(long)]
    dev: bool,
}

/// Something that has to be installed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    WasmTarget,
    NodePackages,
    WasmBindgen,
    CargoLeptos,
    CargoDeny,
    Schemathesis,
    Debian(Package),
}

/// Building the site.
pub(crate) const SITE: [Need; 3] = [Need::WasmTarget, Need::NodePackages, Need::WasmBindgen];

/// What tests need beside the site.
pub(crate) const TESTS: [Need; 8] = [
    Need::CargoDeny,
    Need::Debian(Package::Chromium),
    Need::Debian(Package::Fonts),
    Need::Debian(Package::Redis),
    Need::Debian(Package::PostgreSql),
    Need::Debian(Package::MonoCompiler),
    Need::Debian(Package::MonoRuntime),
    Need::Debian(Package::Prometheus),
];

impl Need {
    fn title(self) -> String {
        match self {
            Self::WasmTarget => "Rust's wasm32 target".to_owned(),
            Self::NodePackages => "Node packages (Tailwind, wasm-opt, Playwright)".to_owned(),
            Self::WasmBindgen => "wasm-bindgen's command line (builds a few minutes, once)".to_owned(),
            Self::CargoLeptos => "cargo-leptos (builds about ten minutes, once)".to_owned(),
            Self::CargoDeny => "cargo-deny (builds a few minutes, once)".to_owned(),
            Self::Schemathesis => "schemathesis, from PyPI".to_owned(),
            Self::Debian(package) => format!("Debian's {}", package.name()),
        }
    }

    fn is_met(self, workspace: &Workspace) -> Result<bool> {
        match self {
            Self::WasmTarget => wasm_target::is_installed(),
            Self::NodePackages => node_packages::are_current(workspace),
            Self::WasmBindgen => Ok(wasm_bindgen::find(workspace)?.is_some()),
            Self::CargoLeptos => Ok(cargo_leptos::find(workspace).is_some()),
            Self::CargoDeny => Ok(cargo_deny::find(workspace).is_some()),
            Self::Schemathesis => Ok(schemathesis::find(workspace).is_some()),
            Self::Debian(package) => Ok(package.is_installed()),
        }
    }

    fn install(self, workspace: &Workspace) -> Result<()> {
        match self {
            Self::WasmTarget => wasm_target::install(workspace),
            Self::NodePackages => node_packages::install(workspace),
            Self::WasmBindgen => wasm_bindgen::install(workspace),
            Self::CargoLeptos => cargo_leptos::install(workspace),
            Self::CargoDeny => cargo_deny::install(workspace),
            Self::Schemathesis => schemathesis::install(workspace),
            Self::Debian(package) => package.install(),
        }
    }
}

/// Runs `cargo xtask setup`.
///
/// # Errors
/// One line that says what to install by hand, when something can't be installed from here.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let mut needs = SITE.to_vec();
    if !options.no_watch {
        needs.push(Need::CargoLeptos);
    }
    if options.dev {
        needs.extend(TESTS);
    }
    ensure(workspace, &needs)?;
    screen::note("Everything is set up.");
    Ok(ExitCode::SUCCESS)
}

/// Installs those of `needs` that are missing. Quick and silent when none is.
///
/// # Errors
/// One line that says what to install by hand, when something can't be installed from here.
pub(crate) fn ensure(workspace: &Workspace, needs: &[Need]) -> Result<()> {
    if missing(workspace, needs)?.is_empty() {
        return Ok(());
    }
    let _only_one = lock(workspace)?;
    let missing = missing(workspace, needs)?;
    let mut steps = Steps::new(missing.len());
    for need in &missing {
        steps.next(&format!("install {}", need.title()));
        need.install(workspace)?;
    }
    cargo_tool::remove_leftovers(workspace);
    if !missing.is_empty() {
        screen::note(&format!("Set up in {}.", screen::span(steps.elapsed())));
    }
    Ok(())
}

fn missing(workspace: &Workspace, needs: &[Need]) -> Result<Vec<Need>> {
    let mut missing = Vec::new();
    for need in needs {
        if !need.is_met(workspace)? {
            missing.push(*need);
        }
    }
    Ok(missing)
}

/// Two set-ups at once would spoil each other's folders: the second waits.
fn lock(workspace: &Workspace) -> Result<File> {
    std::fs::create_dir_all(&workspace.tools)
        .with_context(|| format!("can't create {}", workspace.tools.display()))?;
    let path = workspace.tools.join("setup.lock");
    let file = File::create(&path).with_context(|| format!("can't write {}", path.display()))?;
    if file.try_lock().is_err() {
        screen::note("Another set-up is running: waiting for it.");
        file.lock().with_context(|| format!("can't lock {}", path.display()))?;
    }
    Ok(file)
}
