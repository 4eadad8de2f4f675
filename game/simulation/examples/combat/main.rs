//! Fights without a server: that they go the same way every time, what they cost, and how well minds play.
//!
//! - `combat skirmish [--each 1000] [--ticks 43200] [--record <file>]`: so many against so many to the end, twice from one seed; fails unless both
//!   went the same way. The hash must also be the same of a debug build; `server replay <file>` lives what was recorded again.
//! - `combat load [--actors 2000,10000,20000] [--ticks 1800] [--minutes 10]`: what a tick takes with half of the actors fighting, in a region
//!   that records its last minutes as a server's does; with `--minutes 0` in one that doesn't.
//! - `combat tactics [--fights 40]`: how often thinking beats chance and the nearest foe, by kind of fight.
//!
//! `--out <file>` writes the report there as JSON; without it, it goes to the screen.

mod load;
mod meadow;
mod skirmish;
mod tactics;

use std::{collections::HashMap, fs, path::Path, process::ExitCode};

use serde_json::Value;
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

/// Counts what is allocated, so that a steady tick can show that it allocates nothing. flecs' own C code is not counted.
#[global_allocator]
static ALLOCATOR: &StatsAlloc<std::alloc::System> = &INSTRUMENTED_SYSTEM;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            #[expect(clippy::print_stderr, reason = "a tool tells its user what is wrong")]
            {
                eprintln!("combat: {reason}");
            }
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let mut args = std::env::args().skip(1);
    let which = args.next().ok_or("say what: skirmish, load or tactics")?;
    let options = Options::from_args(args)?;
    let (report, is_good) = match which.as_str() {
        "skirmish" => {
            let (each, ticks) = (options.number("each", 1_000)?, options.number("ticks", 43_200)?);
            skirmish::report(each, ticks, options.0.get("record").map(Path::new))?
        }
        "load" => {
            let actors = options.numbers("actors", &[2_000, 10_000, 20_000])?;
            let (ticks, minutes) = (options.number("ticks", 1_800)?, options.number("minutes", 10)?);
            (load::report(&actors, ticks, minutes), true)
        }
        "tactics" => (tactics::report(options.number("fights", 40)?), true),
        other => return Err(format!("{other}: known are skirmish, load and tactics")),
    };
    options.write(&report)?;
    if is_good { Ok(()) } else { Err(format!("{which} did not hold what is promised: {report:#}")) }
}

/// `--name value`, as often as one likes.
struct Options(HashMap<String, String>);

impl Options {
    fn from_args(mut args: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut named = HashMap::new();
        while let Some(flag) = args.next() {
            let name = flag.strip_prefix("--").ok_or_else(|| format!("{flag}: options begin with --"))?;
            if !["each", "ticks", "minutes", "actors", "fights", "record", "out"].contains(&name) {
                return Err(format!("unknown option {flag}"));
            }
            let value = args.next().ok_or_else(|| format!("{flag} needs a value"))?;
            named.insert(name.to_owned(), value);
        }
        Ok(Self(named))
    }

    fn number(&self, name: &str, otherwise: u32) -> Result<u32, String> {
        self.0.get(name).map_or(Ok(otherwise), |value| parsed(name, value))
    }

    fn numbers(&self, name: &str, otherwise: &[u32]) -> Result<Vec<u32>, String> {
        let Some(list) = self.0.get(name) else { return Ok(otherwise.to_vec()) };
        list.split(',').map(|value| parsed(name, value)).collect()
    }

    fn write(&self, report: &Value) -> Result<(), String> {
        let text = format!("{report:#}\n");
        let Some(file) = self.0.get("out").map(Path::new) else {
            #[expect(clippy::print_stdout, reason = "a report that was not to be written is shown")]
            {
                print!("{text}");
            }
            return Ok(());
        };
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))
    }
}

fn parsed(name: &str, value: &str) -> Result<u32, String> {
    value.parse().map_err(|_| format!("--{name} {value}: not a number"))
}
