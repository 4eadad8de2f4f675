//! What a tick takes with half of the actors fighting in bands all over the region, and the other half strolling about. A player
//! watches every fight, so that nothing is thought through any less thoroughly for want of an audience.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use cpu_time::ThreadTime;
use serde_json::{Value, json};
use simulation::{Command, EntityId, Event, Faction, GroundPoint, TickOutcome, Wits};
use stats_alloc::Region;

use crate::{
    ALLOCATOR,
    meadow::{Meadow, microseconds_at, point, spawn, watcher},
};

/// Who fights whom, ten against ten.
const ONE_BAND: [&str; 5] = ["srd:orc", "srd:goblin", "srd:ogre", "srd:wolf", "srd:hobgoblin"];
const OTHER_BAND: [&str; 5] = ["srd:guard", "srd:scout", "srd:knight", "srd:acolyte", "srd:bandit"];
const BAND: u32 = 20;
/// Metres between the fights: farther than anybody looks for a foe.
const APART_METRES: i64 = 120;
/// Most metres from the middle, so that the fights stay inside of the region.
const REACH_METRES: i64 = 1_900;
/// Everybody has set out, found a foe and had a turn or two.
const WARM_UP_TICKS: u32 = 900;
/// p99 in microseconds that a tick may take, by actors.
const PROMISED_US: [(u32, f64); 3] = [(2_000, 2_000.0), (10_000, 8_000.0), (20_000, 16_000.0)];

/// Measures each number of actors, and whether what is promised of it is kept.
pub(crate) fn report(actors: &[u32], ticks: u32, minutes: u32) -> Value {
    actors.iter().map(|actors| measure(*actors, ticks.max(1), minutes)).collect()
}

fn measure(actors: u32, ticks: u32, minutes: u32) -> Value {
    let mut crowd = Crowd::new(actors, minutes);
    for _ in 0..WARM_UP_TICKS {
        crowd.tick();
    }
    crowd.meadow.simulation.watch_thinking(thread_time);
    let mut samples = Samples::with_room_for(ticks);
    let mut outcome = TickOutcome::default();
    let thought_before = crowd.meadow.simulation.thinking();
    for _ in 0..ticks {
        crowd.replace_the_fallen();
        let (wall, cpu, region) = (Instant::now(), ThreadTime::now(), Region::new(ALLOCATOR));
        crowd.meadow.tick_into(&mut outcome);
        samples.cpu.push(cpu.elapsed());
        samples.wall.push(wall.elapsed());
        let allocated = region.change().allocations;
        samples.allocations += allocated;
        samples.quiet_ticks += u32::from(allocated == 0);
        samples.events += outcome.events.len();
        crowd.count_the_fallen(&outcome.events);
    }
    let thought = crowd.meadow.simulation.thinking().since(thought_before);
    let fighting = crowd.fighting();
    samples.report(actors, fighting, ticks, (thought.thoughts, thought.time))
}

/// CPU time of this thread, so that others on the machine don't count.
fn thread_time() -> Duration {
    ThreadTime::now().as_duration()
}

#[derive(Default)]
struct Samples {
    wall: Vec<Duration>,
    cpu: Vec<Duration>,
    allocations: usize,
    quiet_ticks: u32,
    events: usize,
}

impl Samples {
    /// Samples are kept in lists that don't grow while it is counted what is allocated.
    fn with_room_for(ticks: u32) -> Self {
        let room = || Vec::with_capacity(ticks as usize);
        Self { wall: room(), cpu: room(), ..Self::default() }
    }

    fn report(
        mut self,
        actors: u32,
        fighting: usize,
        ticks: u32,
        (thoughts, thinking): (u64, Duration),
    ) -> Value {
        let all: Duration = self.cpu.iter().sum();
        self.wall.sort_unstable();
        self.cpu.sort_unstable();
        let p99 = microseconds_at(&self.cpu, 0.99);
        let promised = PROMISED_US.iter().find(|(of, _)| *of == actors).map(|(_, most)| *most);
        let each = |sum: f64| (sum / f64::from(ticks) * 100.0).round() / 100.0;
        json!({
            "actors": actors,
            "fighting": fighting,
            "ticks": ticks,
            "wall_p50_us": microseconds_at(&self.wall, 0.50),
            "wall_p99_us": microseconds_at(&self.wall, 0.99),
            "cpu_p50_us": microseconds_at(&self.cpu, 0.50),
            "cpu_p99_us": p99,
            "cpu_max_us": microseconds_at(&self.cpu, 1.0),
            "cpu_p99_promised_us": promised,
            "kept": promised.is_none_or(|most| p99 <= most),
            "thoughts_per_tick": each(thoughts as f64),
            "thinking_share": (thinking.as_secs_f64() / all.as_secs_f64() * 1_000.0).round() / 1_000.0,
            "events_per_tick": each(self.events as f64),
            "allocations_per_tick": each(self.allocations as f64),
            "ticks_without_allocation": self.quiet_ticks,
        })
    }
}

/// Bands that fight, and whoever takes the places of the fallen.
struct Crowd {
    meadow: Meadow,
    fights: u32,
    /// Next number of an entity.
    next: u128,
    /// Which fight lost one, on which side.
    fallen: Vec<(u32, bool)>,
    homes: HashMap<EntityId, (u32, bool)>,
}

impl Crowd {
    fn new(actors: u32, minutes: u32) -> Self {
        let fights = actors / 2 / BAND;
        // The players are counted among those who stand about.
        let mut meadow = Meadow::new(42, actors / 2 - fights, REACH_METRES as u32, minutes);
        meadow.grow(32);
        meadow.tick([]);
        let mut crowd = Self { meadow, fights, next: 1, fallen: Vec::new(), homes: HashMap::new() };
        let watch: Vec<Command> = (0..fights).map(|fight| crowd.player(fight)).collect();
        crowd.meadow.tick(watch);
        crowd.fallen =
            (0..fights).flat_map(|fight| (0..BAND).map(move |place| (fight, place % 2 == 0))).collect();
        crowd
    }

    fn tick(&mut self) {
        self.replace_the_fallen();
        let outcome = self.meadow.tick([]);
        self.count_the_fallen(&outcome.events);
    }

    fn replace_the_fallen(&mut self) {
        let fallen = std::mem::take(&mut self.fallen);
        if fallen.is_empty() {
            return;
        }
        let commands: Vec<Command> =
            fallen.into_iter().map(|(fight, one)| self.fighter(fight, one)).collect();
        // In a tick of its own, so that coming in is not measured as fighting.
        let outcome = self.meadow.tick(commands);
        self.count_the_fallen(&outcome.events);
    }

    fn fighter(&mut self, fight: u32, one: bool) -> Command {
        let number = self.next;
        self.next += 1;
        self.homes.insert(EntityId::from_uuid(uuid::Uuid::from_u128(number)), (fight, one));
        let (bands, faction, side) =
            if one { (ONE_BAND, Faction::MONSTERS, -1) } else { (OTHER_BAND, Faction(40), 1) };
        let kind = bands[(number / 2) as usize % bands.len()];
        let at = self.place(fight, side, number as i64);
        spawn(number, kind, at, faction, Wits::Own)
    }

    /// Somebody who watches a fight from as far away as the fights allow.
    fn player(&self, fight: u32) -> Command {
        let (east, south) = self.middle_of(fight);
        watcher(1 << 100 | u128::from(fight), east + APART_METRES / 2, south + APART_METRES / 2)
    }

    /// Fights stand in a square grid around the middle of the region.
    fn middle_of(&self, fight: u32) -> (i64, i64) {
        let row = f64::from(self.fights).sqrt().ceil() as i64;
        let apart = APART_METRES.min(REACH_METRES * 2 / row.max(1));
        let (column, line) = (i64::from(fight) % row, i64::from(fight) / row);
        ((column - row / 2) * apart, (line - row / 2) * apart)
    }

    fn place(&self, fight: u32, side: i64, number: i64) -> GroundPoint {
        let (east, south) = self.middle_of(fight);
        point(east + side * 6, south + (number / 2) % 10 * 2 - 10)
    }

    fn count_the_fallen(&mut self, events: &[Event]) {
        let gone = events.iter().filter_map(|event| match event {
            Event::Died { entity, .. } => self.homes.remove(entity),
            _ => None,
        });
        self.fallen.extend(gone);
    }

    fn fighting(&self) -> usize {
        let views = self.meadow.simulation.views();
        views.iter().filter(|view| view.fighter.as_ref().is_some_and(|fighter| fighter.fights)).count()
    }
}
