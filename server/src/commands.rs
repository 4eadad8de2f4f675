//! The program's commands, and how each of them fails: in one line.

use std::{
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::Context as _;
use clap::{Parser, Subcommand};

use domain::pipelines::Pipelines;
use uuid::Uuid;

use crate::{config::Settings, data_folder::DataFolder, drain, observing, replay, restore, routes, wire};

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

#[derive(Clone, Debug, Default, Subcommand)]
enum Command {
    /// Bring the database up to date, seed it if it is new, and serve. The default.
    #[default]
    Serve,
    /// Bring the database up to date, and end.
    Migrate,
    /// Print the OpenAPI description of the REST API.
    Openapi,
    /// Print every way in: REST, server functions, pages and sockets.
    Routes,
    /// Say whether the settings and the pipelines' files can be used.
    CheckConfig,
    /// List the copies of the database that there are.
    Backups,
    /// Bring a copy of the database back. Nothing is ever overwritten: move the present database away first.
    Restore {
        /// Which copy, as `backups` lists them; the newest if absent.
        id: Option<Uuid>,
    },
    /// Live the recording of a region again, and say whether it went the same way or which second is the first that differs.
    Replay {
        /// The recording.
        file: PathBuf,
    },
    /// Look after the keys that tokens are signed with.
    Keys {
        #[command(subcommand)]
        command: KeysCommand,
    },
    /// Look after the audit log.
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
}

#[derive(Clone, Copy, Debug, Subcommand)]
enum KeysCommand {
    /// Make a new key. Running servers sign with it within a minute, and nobody is logged out.
    Rotate,
}

#[derive(Clone, Copy, Debug, Subcommand)]
enum AuditCommand {
    /// Say whether the log is as it was written, or which entry is the first that is not.
    Verify,
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
    if let Some(Command::Routes) = arguments.command {
        let ways = on_threads(async { Ok(routes::ways_in()) })?;
        return say(&ways
            .iter()
            .map(|(method, path)| format!("{method} {path}"))
            .collect::<Vec<_>>()
            .join("\n"));
    }
    if let Some(Command::Replay { file }) = &arguments.command {
        return say(&replay::replay(file)?);
    }
    let settings = Settings::load(&arguments.config, std::env::vars_os())?;
    match arguments.command.clone().unwrap_or_default() {
        Command::CheckConfig => {
            Pipelines::in_folder(&settings.pipelines.folder)?;
            say("The settings can be used.")
        }
        Command::Backups => on_threads(async {
            let folder = DataFolder::take(&settings.data)?;
            say(&restore::list(&settings, &folder).await?)
        }),
        Command::Restore { id } => on_threads(async {
            let folder = DataFolder::take(&settings.data)?;
            let restored = restore::restore(&settings, &folder, id).await?;
            say(&format!("The database is as it was at {}.", restored.made_at))
        }),
        Command::Migrate => on_threads(async {
            let folder = DataFolder::take(&settings.data)?;
            wire::migrate(&settings, &folder).await?;
            say("The database is up to date.")
        }),
        Command::Keys { command: KeysCommand::Rotate } => {
            let id = domain::tokens::KeyRing::rotate(&settings.data.join("keys"), store::now())?;
            say(&format!("Tokens are signed with key {id} within a minute."))
        }
        Command::Audit { command: AuditCommand::Verify } => on_threads(async {
            let found = wire::verify_audit(&settings).await?;
            match found.finding {
                Some(finding) => anyhow::bail!("the audit log is not as it was written: {finding}"),
                None => say(&format!(
                    "The audit log is as it was written: {} entries, {} signed heads, head {}.",
                    found.entries, found.signed_heads, found.head
                )),
            }
        }),
        Command::Serve | Command::Openapi | Command::Routes | Command::Replay { .. } => on_threads(async {
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
