//! A fight of so many against so many on a meadow, to the end or for so long, twice from one seed: whether both went the same way, and
//! what a tick took, as JSON. CPU time of the thread, because a busy machine adds to wall time.
//!
//! `skirmish [--each 100] [--ticks 21600] --out target/bench/skirmish.json`

use std::{collections::BTreeMap, fs, path::PathBuf, process::ExitCode, sync::Arc, time::Duration};

use cpu_time::ThreadTime;
use grid::{CellCoord, RegionCoord, RequestId, UNITS_PER_METRE};
use simulation::{
    Chunk, Command, EntityId, Event, Faction, GroundPoint, Population, Simulation, SimulationSettings, Spawn,
    Vitality, Wits,
};

/// Who fights whom: each rank has one of each in turn.
const ONE_SIDE: [&str; 4] = ["srd:orc", "srd:goblin", "srd:ogre", "srd:wolf"];
const OTHER_SIDE: [&str; 4] = ["srd:guard", "srd:scout", "srd:knight", "srd:acolyte"];
/// Metres between neighbours in a rank.
const APART_METRES: i64 = 3;
/// Fighters in a rank.
const RANK: i64 = 50;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            #[expect(clippy::print_stderr, reason = "a tool tells its user what is wrong")]
            {
                eprintln!("skirmish: {reason}");
            }
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let (mut each, mut ticks, mut out) = (100, 21_600, None);
    let mut args = std::env::args().skip(1);
    while let Some(flag) = args.next() {
        let value = args.next().ok_or_else(|| format!("{flag} needs a value"))?;
        let number = || value.parse().map_err(|_| format!("{flag} {value}: not a number"));
        match flag.as_str() {
            "--each" => each = number()?,
            "--ticks" => ticks = number()?,
            "--out" => out = Some(PathBuf::from(&value)),
            _ => return Err(format!("unknown option {flag}; known are --each, --ticks and --out")),
        }
    }
    let out = out.ok_or("--out <path> is missing")?;
    let (one, other) = (fight(each, ticks), fight(each, ticks));
    let report = serde_json::json!({
        "each_side": each,
        "ticks": one.ticks,
        "same_hash": one.hash == other.hash,
        "hash": one.hash,
        "left": one.left,
        "deaths": one.deaths,
        "facts": one.facts,
        "cpu_p50_us": microseconds_at(&one.cpu, 0.50),
        "cpu_p99_us": microseconds_at(&one.cpu, 0.99),
        "cpu_max_us": microseconds_at(&one.cpu, 1.0),
    });
    if let Some(folder) = out.parent() {
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    fs::write(&out, format!("{report:#}\n")).map_err(|error| format!("{}: {error}", out.display()))
}

struct Outcome {
    hash: String,
    ticks: u64,
    /// Of each side, how many still stand.
    left: BTreeMap<u16, usize>,
    deaths: usize,
    facts: usize,
    /// Sorted.
    cpu: Vec<Duration>,
}

fn fight(each: u32, ticks: u32) -> Outcome {
    let middle = GroundPoint::new(2_048 * UNITS_PER_METRE, 2_048 * UNITS_PER_METRE);
    let mut simulation = Simulation::new(SimulationSettings {
        seed: 11,
        region: RegionCoord::new(0, 0),
        started_at_ms: 0,
        movement_scale: 2.0,
        spawn: middle,
        population: Population { count: 0, around: middle, within_units: 0, leash_units: 0 },
    });
    simulation.tick(ground_about(middle.cell()));
    simulation.tick((0..each).flat_map(|number| ranks(middle, number)));
    let (mut cpu, mut deaths, mut facts) = (Vec::new(), 0, 0);
    let mut arrived: Vec<Command> = Vec::new();
    for tick in 0..ticks {
        let start = ThreadTime::now();
        let outcome = simulation.tick(arrived.drain(..));
        cpu.push(start.elapsed());
        arrived.extend(outcome.terrain_wanted.into_iter().map(meadow));
        deaths += outcome.events.iter().filter(|event| matches!(event, Event::Died { .. })).count();
        facts += outcome.events.iter().filter(|event| matches!(event, Event::Fought { .. })).count();
        if tick % 360 == 359 && standing(&simulation).len() < 2 {
            break;
        }
    }
    cpu.sort_unstable();
    Outcome {
        hash: simulation.state_hash().to_hex().to_string(),
        ticks: simulation.tick_number(),
        left: standing(&simulation),
        deaths,
        facts,
        cpu,
    }
}

/// The fighters of this number of either side.
fn ranks(middle: GroundPoint, number: u32) -> [Command; 2] {
    let (rank, place) = (i64::from(number) / RANK, i64::from(number) % RANK);
    let z = middle.z + (place - RANK / 2) * APART_METRES * UNITS_PER_METRE;
    let away = (8 + rank * APART_METRES) * UNITS_PER_METRE;
    let kind = number as usize % ONE_SIDE.len();
    [
        spawn(
            u128::from(number) * 2 + 1,
            ONE_SIDE[kind],
            GroundPoint::new(middle.x - away, z),
            Faction::MONSTERS,
        ),
        spawn(
            u128::from(number) * 2 + 2,
            OTHER_SIDE[kind],
            GroundPoint::new(middle.x + away, z),
            Faction(40),
        ),
    ]
}

fn spawn(number: u128, monster: &str, at: GroundPoint, faction: Faction) -> Command {
    Command::Spawn(Spawn {
        request: RequestId::from_uuid(uuid::Uuid::from_u128(number)),
        entity: EntityId::from_uuid(uuid::Uuid::from_u128(number)),
        monster: monster.parse().expect("the ids here are well formed"),
        name: None,
        at,
        faction,
        wits: Wits::Own,
    })
}

fn standing(simulation: &Simulation) -> BTreeMap<u16, usize> {
    let mut left = BTreeMap::new();
    for fighter in simulation.views().into_iter().filter_map(|view| view.fighter) {
        if fighter.vitality == Vitality::Alive {
            *left.entry(fighter.faction.0).or_default() += 1;
        }
    }
    left
}

fn ground_about(middle: CellCoord) -> impl Iterator<Item = Command> {
    (-4..=4).flat_map(move |z| (-4..=4).map(move |x| meadow(CellCoord::new(middle.x + x, middle.z + z))))
}

fn meadow(coord: CellCoord) -> Command {
    let chunk = Chunk {
        coord,
        lowest_units: 0,
        heights: vec![640; 65 * 65],
        sea_units: 0,
        water: Vec::new(),
        biomes: vec![0; 64 * 64],
        materials: vec![0; 64 * 64],
        danger: 0,
        walkable: [u64::MAX; 64],
        features: Vec::new(),
    };
    Command::TerrainReady { coord, chunk: Arc::new(chunk) }
}

fn microseconds_at(sorted: &[Duration], share: f64) -> f64 {
    let index = ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len()) - 1;
    (sorted[index].as_secs_f64() * 1e7).round() / 10.0
}
