//! So many against so many, to the end.

use std::{collections::BTreeMap, fs::File, io::BufWriter, path::Path, time::Duration};

use cpu_time::ThreadTime;
use grid::RequestId;
use serde_json::{Value, json};
use simulation::{Command, EntityView, Event, Faction, FighterView, Order, Vitality, Weapon, Wits};

use crate::meadow::{Meadow, microseconds_at, point, spawn};

/// Who fights whom: each rank has one of each in turn.
const ONE_SIDE: [&str; 4] = ["srd:orc", "srd:goblin", "srd:ogre", "srd:wolf"];
const OTHER_SIDE: [&str; 4] = ["srd:guard", "srd:scout", "srd:knight", "srd:acolyte"];
/// Metres between neighbours in a rank.
const APART_METRES: i64 = 3;
/// Ticks between two calls to arms.
const CALL_TICKS: u32 = 1_800;
/// Fighters in a rank.
const RANK: i64 = 50;

/// Fights twice from one seed; good, if both went the same way and to the end. The first is written to a file, if one is named.
pub(crate) fn report(each: u32, ticks: u32, record: Option<&Path>) -> Result<(Value, bool), String> {
    let (one, other) = (fight(each, ticks, record)?, fight(each, ticks, None)?);
    let is_same = one.hash == other.hash;
    let report = json!({
        "each_side": each,
        "ticks": one.ticks,
        "ended": one.left.len() < 2,
        "same_hash": is_same,
        "hash": one.hash,
        "left": one.left,
        "deaths": one.deaths,
        "facts": one.facts,
        "cpu_p50_us": microseconds_at(&one.cpu, 0.50),
        "cpu_p99_us": microseconds_at(&one.cpu, 0.99),
        "cpu_max_us": microseconds_at(&one.cpu, 1.0),
    });
    Ok((report, is_same && one.left.len() < 2))
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

fn fight(each: u32, ticks: u32, record: Option<&Path>) -> Result<Outcome, String> {
    let mut meadow = match record {
        Some(_) => Meadow::recorded(11),
        None => Meadow::new(11, 0, 0, 0),
    };
    meadow.grow(6);
    meadow.tick([]);
    meadow.tick((0..each).flat_map(ranks));
    let (mut cpu, mut deaths, mut facts) = (Vec::new(), 0, 0);
    let mut left = BTreeMap::new();
    for tick in 0..ticks {
        let start = ThreadTime::now();
        let outcome = if tick % CALL_TICKS == CALL_TICKS - 1 {
            meadow.tick(call_to_arms(&meadow))
        } else {
            meadow.tick([])
        };
        cpu.push(start.elapsed());
        deaths += outcome.events.iter().filter(|event| matches!(event, Event::Died { .. })).count();
        facts += outcome.events.iter().filter(|event| matches!(event, Event::Fought { .. })).count();
        if tick % 360 == 359 || tick + 1 == ticks {
            left = meadow.standing().into_iter().map(|(side, (count, _))| (side, count)).collect();
            if left.len() < 2 {
                break;
            }
        }
    }
    cpu.sort_unstable();
    let simulation = &meadow.simulation;
    let hash = simulation.state_hash().to_hex().to_string();
    if let (Some(file), Some(recording)) = (record, simulation.recording()) {
        let written = File::create(file).and_then(|file| recording.write_to(&mut BufWriter::new(file)));
        written.map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(Outcome { hash, ticks: simulation.tick_number(), left, deaths, facts, cpu })
}

/// Minds notice nobody beyond sixty feet: whoever stands about in peace is sent after the foe that is nearest.
fn call_to_arms(meadow: &Meadow) -> Vec<Command> {
    let views = meadow.simulation.views();
    let standing: Vec<_> = views
        .iter()
        .filter_map(|view| Some((view, view.fighter.as_ref()?)))
        .filter(|(_, fighter)| fighter.vitality == Vitality::Alive)
        .collect();
    let order = |(view, fighter): &(&EntityView, &FighterView)| {
        let foes = standing.iter().filter(|(_, other)| other.faction != fighter.faction);
        let (foe, _) =
            foes.min_by_key(|(foe, _)| (foe.position.ground_distance_squared(view.position), foe.entity))?;
        let order = Order::Attack { target: foe.entity, with: Weapon::Best, approach: true };
        Some(Command::Order { request: RequestId::from_uuid(view.entity.uuid()), entity: view.entity, order })
    };
    standing.iter().filter(|(_, fighter)| !fighter.fights).filter_map(order).collect()
}

/// The fighters of this number of either side.
fn ranks(number: u32) -> [Command; 2] {
    let (rank, place) = (i64::from(number) / RANK, i64::from(number) % RANK);
    let south = (place - RANK / 2) * APART_METRES;
    let away = 8 + rank * APART_METRES;
    let kind = number as usize % ONE_SIDE.len();
    let id = u128::from(number) * 2;
    [
        spawn(id + 1, ONE_SIDE[kind], point(-away, south), Faction::MONSTERS, Wits::Own),
        spawn(id + 2, OTHER_SIDE[kind], point(away, south), Faction(40), Wits::Own),
    ]
}
