//! `cargo xtask bench`: the figures that we promise, measured, as `target/bench/<name>.json`.

mod combat;
mod criterion;
mod http;
mod jobs;
mod load;
mod login;
mod page;
mod redis;
mod rules;
mod server;
mod studio;
mod swap;
mod terrain;
mod tick;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::screen::{self, Steps};
use crate::workspace::Workspace;

/// `cargo xtask bench`
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only this benchmark; may be given several times
    #[arg(value_name = "NAME", value_parser = benchmark_name)]
    only: Vec<&'static Benchmark>,
}

struct Benchmark {
    name: &'static str,
    title: &'static str,
    measure: fn(&Workspace) -> Result<Value>,
}

static BENCHMARKS: &[Benchmark] = &[
    Benchmark { name: "tick", title: "a region's tick with 1,000 creatures", measure: tick::measure },
    Benchmark {
        name: "combat",
        title: "fights: the same each time, and what a tick takes",
        measure: combat::measure,
    },
    Benchmark {
        name: "tactics",
        title: "minds against chance and the nearest foe",
        measure: combat::measure_tactics,
    },
    Benchmark { name: "chunk", title: "generating terrain", measure: criterion::measure_chunks },
    Benchmark {
        name: "terrain",
        title: "terrain beside other libraries, natively and in the browser's WASM",
        measure: terrain::measure,
    },
    Benchmark { name: "rules", title: "attacks, spell effects and forecasts", measure: rules::measure },
    Benchmark { name: "page", title: "size of the page's files, release", measure: page::measure },
    Benchmark {
        name: "swap",
        title: "nodes change hands under load, and while 200 players walk",
        measure: swap::measure,
    },
    Benchmark { name: "cache", title: "the tiered cache over Redis", measure: redis::measure_cache },
    Benchmark { name: "jobs", title: "the queue of jobs beside BullMQ", measure: jobs::measure },
    Benchmark {
        name: "http",
        title: "a read of REST beside Express 5 and Fastify 5",
        measure: http::measure,
    },
    Benchmark { name: "login", title: "logins, and what the tick notices", measure: login::measure },
    Benchmark { name: "studio", title: "a slider moved, 4×4 chunks redrawn", measure: studio::measure },
    Benchmark { name: "server", title: "memory when idle, time to start", measure: server::measure },
];

fn benchmark_name(name: &str) -> Result<&'static Benchmark> {
    match BENCHMARKS.iter().find(|benchmark| benchmark.name == name) {
        Some(benchmark) => Ok(benchmark),
        None => {
            bail!(
                "benchmarks are {}",
                BENCHMARKS.iter().map(|known| known.name).collect::<Vec<_>>().join(", ")
            )
        }
    }
}

/// Measures and prints the figures.
///
/// # Errors
/// When something can't be built or measured.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let benchmarks: Vec<&Benchmark> =
        if options.only.is_empty() { BENCHMARKS.iter().collect() } else { options.only.clone() };
    let mut steps = Steps::new(benchmarks.len());
    for benchmark in benchmarks {
        steps.next(benchmark.title);
        let measured =
            (benchmark.measure)(workspace).with_context(|| format!("benchmark {}", benchmark.name))?;
        let file = results(workspace)?.join(format!("{}.json", benchmark.name));
        let text = format!("{measured:#}\n");
        std::fs::write(&file, &text).with_context(|| format!("can't write {}", file.display()))?;
        screen::line(&format!("{}: {}", file.display(), text.trim_end()));
    }
    Ok(ExitCode::SUCCESS)
}

fn results(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.root.join("target/bench");
    std::fs::create_dir_all(&folder).with_context(|| format!("can't create {}", folder.display()))?;
    Ok(folder)
}

fn read_json(file: &Path) -> Result<Value> {
    let text = std::fs::read_to_string(file).with_context(|| format!("can't read {}", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("can't read {}", file.display()))
}
