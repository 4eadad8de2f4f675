//! Load bots: many players from one process, who sign in, join and walk, and tell what the server gave them.
//!
//! A bot is a real client: it goes through REST, the players' socket and [`protocol`]'s own view of the world. It draws
//! nothing, so a laptop holds thousands.

mod account;
mod bot;
mod report;
mod walk;

use std::{process::ExitCode, sync::Arc, time::Duration};

use anyhow::Context;
use clap::Parser;
use tokio::{sync::Semaphore, task::JoinSet, time::Instant};
use uuid::Uuid;

use crate::{account::Lobby, report::Report};

/// Many players from one process.
#[derive(Parser)]
#[command(version)]
struct Options {
    /// The server's address, such as http://127.0.0.1:3000
    #[arg(long)]
    server: String,
    /// Number of players
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    players: u32,
    /// How long everybody plays once all have tried to join, in seconds
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..))]
    seconds: u64,
    /// Accounts are <prefix><number>@swarm.example; a new prefix for each run unless given
    #[arg(long)]
    email_prefix: Option<String>,
    /// Password of all accounts; give it together with a prefix that was used before
    #[arg(long, env = "SWARM_PASSWORD", requires = "email_prefix", hide_env_values = true)]
    password: Option<String>,
    /// Sign-ins at a time: passwords are dear to check
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..))]
    sign_ins: u16,
    /// Milliseconds between two moves of a player
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u64).range(10..))]
    step_ms: u64,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Options::parse()).await {
        Ok(report) => {
            let everybody_played = report.everybody_played();
            match report.print() {
                Ok(()) if everybody_played => ExitCode::SUCCESS,
                _ => ExitCode::FAILURE,
            }
        }
        Err(failure) => {
            report::complain(&format!("{failure:#}"));
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> anyhow::Result<Report> {
    let lobby = Arc::new(Lobby::new(
        &options.server,
        options.email_prefix.unwrap_or_else(|| format!("swarm-{}-", Uuid::new_v4().simple())),
        options.password.unwrap_or_else(|| Uuid::new_v4().to_string()),
    )?);
    let doors = Arc::new(Semaphore::new(options.sign_ins.into()));
    let (start, started) = tokio::sync::watch::channel(None);
    let mut bots = JoinSet::new();
    let (arrived, mut arrivals) = tokio::sync::mpsc::unbounded_channel();
    for number in 0..options.players {
        let plan = bot::Plan {
            number,
            play: Duration::from_secs(options.seconds),
            step: Duration::from_millis(options.step_ms),
        };
        bots.spawn(bot::live(plan, lobby.clone(), doors.clone(), arrived.clone(), started.clone()));
    }
    drop(arrived);
    // Each bot says once that it joined, or drops its end without: after that everybody who can play is playing.
    while arrivals.recv().await.is_some() {}
    let began = Instant::now();
    start.send(Some(began)).context("no bot is left to start")?;
    let mut report = Report::new(options.players);
    while let Some(tally) = bots.join_next().await {
        report.add(tally.context("a bot panicked")?);
    }
    report.finish(began.elapsed());
    Ok(report)
}
