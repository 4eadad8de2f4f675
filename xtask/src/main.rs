//! The workshop: `cargo xtask <command>` sets up, builds, runs, tests and measures Realmkeep.
//!
//! Everything here is for people who work on the repository. Nothing of it ships.

mod bench;
mod build;
mod codegen;
mod coverage;
mod interrupt;
mod leptos;
mod recipe;
mod run;
mod screen;
mod servers;
mod setup;
mod shell;
mod site;
mod test;
mod tidy;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about = "Realmkeep's workshop",
    disable_version_flag = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what building, running and `cargo leptos watch` need
    Setup(setup::Options),
    /// Build the server and its site, as `run` does
    Build(build::Options),
    /// Set up, build, migrate, seed a demo world and serve
    Run(run::Options),
    /// Set up and run every test: Rust, WASM, C#, browser, PostgreSQL, Redis
    Test(test::Options),
    /// Check the house rules: module docs, names, import edges, reachability
    Tidy,
    /// Write the files that are generated from game/protocol
    Codegen(codegen::Options),
    /// Count how much of the rules runs, and write docs/RULES_COVERAGE.md
    Coverage,
    /// Check recipes of worlds, as their editor does
    Recipe(recipe::Options),
    /// Measure, and write target/bench/*.json
    Bench(bench::Options),
    /// cargo-leptos with the pinned tools on its PATH (`cargo leptos` is an alias of this)
    #[command(disable_help_flag = true)]
    Leptos(leptos::Options),
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(refusal) => return refuse(&refusal),
    };
    let outcome = Workspace::find().and_then(|workspace| match &arguments.command {
        Command::Setup(options) => setup::run(&workspace, options),
        Command::Build(options) => build::run(&workspace, options),
        Command::Run(options) => run::run(&workspace, options),
        Command::Test(options) => test::run(&workspace, options),
        Command::Tidy => tidy::run(&workspace),
        Command::Codegen(options) => codegen::run(&workspace, options),
        Command::Coverage => coverage::run(&workspace),
        Command::Recipe(options) => recipe::run(&workspace, options),
        Command::Bench(options) => bench::run(&workspace, options),
        Command::Leptos(options) => leptos::run(&workspace, options),
    });
    match outcome {
        Ok(code) => code,
        Err(error) => {
            screen::error(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Help as clap writes it; a wrong flag as the one line that matters.
fn refuse(refusal: &clap::Error) -> ExitCode {
    if !refusal.use_stderr()
        || refusal.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    {
        screen::line(&refusal.render().to_string());
        return if refusal.use_stderr() { ExitCode::FAILURE } else { ExitCode::SUCCESS };
    }
    let text = refusal.render().to_string();
    let first = text.lines().next().unwrap_or_default();
    screen::error(&format!("{} (see cargo xtask --help)", first.trim_start_matches("error: ")));
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn every_command_takes_its_flags() {
        super::Arguments::command().debug_assert();
    }
}
