//! How long a tick takes with so many wandering NPCs, as JSON: wall time, and the thread's CPU time beside it, because a
//! busy machine adds to the first and not to the second.
//!
//! `tick_percentiles [--npcs 1000] [--ticks 3600] --out target/bench/tick.json`

use std::{
    collections::HashMap, fs, path::PathBuf, process::ExitCode, sync::Arc, time::Duration, time::Instant,
};

use cpu_time::ThreadTime;
use grid::{CellCoord, RegionCoord, UNITS_PER_METRE};
use simulation::{Chunk, Command, GroundPoint, Population, Simulation, SimulationSettings};
use worldgen::{Recipe, World};

const RECIPE: &str = include_str!("../../../config/recipes/temperate.yaml");
/// Ticks before measuring: everyone has set out and all terrain is here.
const WARM_UP_TICKS: u32 = 600;
/// Metres of square for each NPC, so that a thousand have half a square kilometre.
const SQUARE_METRES_PER_NPC: f64 = 500.0;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            #[expect(clippy::print_stderr, reason = "a tool tells its user what is wrong")]
            {
                eprintln!("tick_percentiles: {reason}");
            }
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let options = Options::from_args(std::env::args().skip(1))?;
    let report = measure(&options)?;
    if let Some(folder) = options.out.parent() {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    fs::write(&options.out, format!("{report:#}\n"))
        .map_err(|error| format!("{}: {error}", options.out.display()))
}

struct Options {
    npcs: u32,
    ticks: u32,
    out: PathBuf,
}

impl Options {
    fn from_args(mut args: impl Iterator<Item = String>) -> Result<Self, String> {
        let (mut npcs, mut ticks, mut out) = (1_000, 3_600, None);
        while let Some(flag) = args.next() {
            let value = args.next().ok_or_else(|| format!("{flag} needs a value"))?;
            let number = || value.parse().map_err(|_| format!("{flag} {value}: not a number"));
            match flag.as_str() {
                "--npcs" => npcs = number()?,
                "--ticks" => ticks = number()?,
                "--out" => out = Some(PathBuf::from(&value)),
                _ => return Err(format!("unknown option {flag}; known are --npcs, --ticks and --out")),
            }
        }
        Ok(Self { npcs, ticks: ticks.max(1), out: out.ok_or("--out <path> is missing")? })
    }
}

fn measure(options: &Options) -> Result<serde_json::Value, String> {
    let recipe = Recipe::from_yaml("temperate.yaml", RECIPE).map_err(|error| error.to_string())?;
    let world = World::new(42, recipe).map_err(|error| error.to_string())?;
    let mut chunks: HashMap<CellCoord, Arc<Chunk>> = HashMap::new();
    let middle = GroundPoint::new(2_048 * UNITS_PER_METRE, 2_048 * UNITS_PER_METRE);
    let side_metres = (f64::from(options.npcs) * SQUARE_METRES_PER_NPC).sqrt();
    let mut simulation = Simulation::new(SimulationSettings {
        seed: 42,
        region: RegionCoord::new(0, 0),
        started_at_ms: 0,
        movement_scale: 1.0,
        spawn: middle,
        heap_ticks: 60 * simulation::TICK_HZ,
        wilds: None,
        hour_ticks: 3_600,
        population: Population {
            count: options.npcs,
            around: middle,
            within_units: (side_metres / 2.0) as u32 * UNITS_PER_METRE as u32,
            leash_units: 20 * UNITS_PER_METRE as u32,
        },
    });

    let (mut wall, mut cpu) = (Vec::new(), Vec::new());
    let mut arrived: Vec<Command> = Vec::new();
    for tick in 0..WARM_UP_TICKS + options.ticks {
        let (wall_start, cpu_start) = (Instant::now(), ThreadTime::now());
        let outcome = simulation.tick(arrived.drain(..));
        if tick >= WARM_UP_TICKS {
            cpu.push(cpu_start.elapsed());
            wall.push(wall_start.elapsed());
        }
        arrived.extend(outcome.terrain_wanted.into_iter().map(|coord| {
            let chunk = Arc::clone(chunks.entry(coord).or_insert_with(|| Arc::new(world.chunk(coord))));
            Command::TerrainReady { coord, chunk }
        }));
    }
    wall.sort_unstable();
    cpu.sort_unstable();
    Ok(serde_json::json!({
        "npcs": simulation.views().len(),
        "ticks": options.ticks,
        "wall_p50_us": microseconds_at(&wall, 0.50),
        "wall_p99_us": microseconds_at(&wall, 0.99),
        "wall_max_us": microseconds_at(&wall, 1.0),
        "cpu_p50_us": microseconds_at(&cpu, 0.50),
        "cpu_p99_us": microseconds_at(&cpu, 0.99),
        "cpu_max_us": microseconds_at(&cpu, 1.0),
    }))
}

fn microseconds_at(sorted: &[Duration], share: f64) -> f64 {
    let index = ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len()) - 1;
    (sorted[index].as_secs_f64() * 1e7).round() / 10.0
}
