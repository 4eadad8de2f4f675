//! `cargo xtask test`: every test there is, cheapest first, with the servers that they need.

mod count;
mod failures;
mod report;
mod stage;
mod stand;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Result, bail};

use self::count::Tally;
use self::report::{Outcome, Report};
use self::stage::{STAGES, Stage};
use self::stand::Stand;
use crate::setup::{self, Need};
use crate::workspace::Workspace;
use crate::{interrupt, screen};

/// `cargo xtask test`
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only this stage; may be given several times
    #[arg(long, value_name = "STAGE", value_parser = stage_name)]
    only: Vec<&'static Stage>,
}

fn stage_name(name: &str) -> Result<&'static Stage> {
    match STAGES.iter().find(|stage| stage.name == name) {
        Some(stage) => Ok(stage),
        None => bail!("stages are {}", STAGES.iter().map(|stage| stage.name).collect::<Vec<_>>().join(", ")),
    }
}

/// Runs the stages. The last line is `N passed, N failed`.
///
/// # Errors
/// When not even a temporary folder can be had.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    interrupt::listen()?;
    let is_asked_for = |stage: &&Stage| options.only.iter().any(|only| only.name == stage.name);
    let stages: Vec<&Stage> = if options.only.is_empty() {
        STAGES.iter().collect()
    } else {
        STAGES.iter().filter(is_asked_for).collect()
    };
    let mut report = Report::default();
    let begun = Instant::now();
    if let Err(error) = setup::ensure(workspace, &needs_of(&stages)) {
        report.add("setup", begun.elapsed(), Outcome::Broken(format!("{error:#}")));
        return Ok(report.finish());
    }
    let mut stand = Stand::new(workspace)?;
    for (at, stage) in stages.iter().enumerate() {
        if interrupt::requested() {
            report.add("interrupted", begun.elapsed(), Outcome::Broken("stopped by a signal".to_owned()));
            break;
        }
        screen::note(&format!("[{}/{}] {}: {}", at + 1, stages.len(), stage.name, stage.title));
        let stage_begun = Instant::now();
        let outcome = match (stage.run)(&mut stand) {
            Ok(tally) => Outcome::Counted(tally),
            Err(error) => Outcome::Broken(format!("{error:#}")),
        };
        report.add(stage.name, stage_begun.elapsed(), outcome);
    }
    let failures = stand.failures();
    drop(stand);
    for failure in failures {
        screen::line(&format!("failed: {failure}"));
    }
    Ok(report.finish())
}

fn needs_of(stages: &[&Stage]) -> Vec<Need> {
    let mut needs = Vec::new();
    for need in stages.iter().flat_map(|stage| stage.needs) {
        if !needs.contains(need) {
            needs.push(*need);
        }
    }
    needs
}
