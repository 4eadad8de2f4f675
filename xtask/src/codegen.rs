//! `cargo xtask codegen`: what is generated from `game/protocol`, the single source of the wire format.

use std::process::ExitCode;

use anyhow::Result;

use crate::workspace::Workspace;

/// `cargo xtask codegen`
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Write nothing: fail when a generated file is stale
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(_workspace: &Workspace, _options: &Options) -> Result<ExitCode> {
    Ok(ExitCode::SUCCESS)
}
