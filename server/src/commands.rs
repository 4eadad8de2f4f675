//! The program's commands, and how each of them fails: in one line.

use std::{
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::Context as _;
use clap::{Parser, Subcommand};

use crate::{config::Settings, data_folder::DataFolder, drain, observing, routes, wire};

/// The Realmkeep server.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Arguments {
    /// File with the settings; `REALMKEEP_*` variables win over it.
    #[arg(long, global = true, value_name = "FILE", default_value = "config/server.toml")]
    config: PathBuf,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Clone, Copy, Debug, Default, Subcommand)]
enum Command {
    /// Bring the database up to date, seed it if it is new, and serve. The default.
    #[default]
    Serve,
    /// Bring the database up to date, and end.
    Migrate,
    /// Print the OpenAPI description of the REST API.
    Openapi,
    /// Say whether the settings can be used.
    CheckConfig,
}

/// Runs what the command line asks for.
pub(crate) fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(refusal) => return refuse(&refusal),
    };
    match obey(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&with_causes(&error)),
    }
}

/// The error and its causes in a row, without those that it has told already.
fn with_causes(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |told, cause| match told.as_str() {
        "" => cause,
        _ if told.contains(&cause) => told,
        _ => format!("{told}: {cause}"),
    })
}

fn obey(arguments: &Arguments) -> anyhow::Result<()> {
    if let Some(Command::Openapi) = arguments.command {
        let description =
            routes::description().to_pretty_json().context("the description can't be written")?;
        return say(&description);
    }
    let settings = Settings::load(&arguments.config, std::env::vars_os())?;
    match arguments.command.unwrap_or_default() {
        Command::CheckConfig => say("The settings can be used."),
        Command::Migrate => on_threads(async {
            let folder = DataFolder::take(&settings.data)?;
            wire::migrate(&settings, &folder).await?;
            say("The database is up to date.")
        }),
        Command::Serve | Command::Openapi => on_threads(async {
            let folder = DataFolder::take(&settings.data)?;
            let metrics = observing::Exposition::install()?;
            observing::start_logs(&settings.log);
            let running = wire::start(settings, &folder, metrics).await?;
            drain::until_told(running).await
        }),
    }
}

fn on_threads<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_name("server")
        .build()
        .context("threads can't be started")?;
    let outcome = runtime.block_on(work);
    // Whatever still blocks has had its time in `drain`.
    runtime.shutdown_background();
    outcome
}

fn say(text: &str) -> anyhow::Result<()> {
    writeln!(io::stdout(), "{text}").context("standard output is closed")
}

/// Help and version as clap writes them; a wrong flag as the one line that matters.
fn refuse(refusal: &clap::Error) -> ExitCode {
    if !refusal.use_stderr() {
        return if refusal.print().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let text = refusal.render().to_string();
    let first = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
    fail(&format!("{first} (see server --help)"))
}

/// Tells why the program ends, in one line whatever the error holds.
fn fail(reason: &str) -> ExitCode {
    let line = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    // Nobody is left to tell if standard error is closed, too.
    let _ = writeln!(io::stderr(), "error: {line}");
    ExitCode::FAILURE
}
