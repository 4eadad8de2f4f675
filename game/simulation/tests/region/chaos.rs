//! Whatever is asked of a region, sense or nonsense: it answers, and nobody and nothing is lost or doubled.
//!
//! The default run is short. A long one: `CHAOS_TICKS=1000000 cargo test --profile play -p simulation --test region chaos`.

use std::{collections::BTreeSet, env, sync::Arc};

use grid::RequestId;
use rules::{
    Id, Race, Ruleset,
    character::Character,
    combat::{Policy, ShoveTo},
    content::srd,
};
use simulation::{
    Act, Command, EntityId, Event, Faction, GroundPoint, Order, PlayerJoin, Pointing, Recording,
    RecordingLimits, Replay, Simulation, Spawn, Weapon, Wits, replay,
};

use crate::meadow::{METRE, Meadow};

/// Ticks of the default run.
const TICKS: u32 = 3_000;
/// Ticks between two audits.
const AUDIT_TICKS: u32 = 20;
/// Most entities at a time, so that a long run stays at the same pace.
const CROWD_MAX: usize = 80;
/// Numbers of entities are drawn from so many: some are here, some have been, some never were.
const NUMBERS: u32 = 160;

/// Luck that is the same each time: SplitMix64.
struct Luck(u64);

impl Luck {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((u128::from(value ^ (value >> 31)) * u128::from(bound)) >> 64) as u32
    }

    fn one_in(&mut self, times: u32) -> bool {
        self.below(times) == 0
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len() as u32) as usize]
    }
}

/// Asks for things, and keeps account of who should be here.
struct Chaos {
    luck: Luck,
    requests: u128,
    monsters: Vec<Id>,
    spells: Vec<Id>,
    actions: Vec<Id>,
    characters: Vec<Arc<Character>>,
    here: BTreeSet<EntityId>,
    heaps: BTreeSet<EntityId>,
    /// Heaps that somebody took, and such as vanished.
    gone_heaps: BTreeSet<EntityId>,
    left_heaps: BTreeSet<EntityId>,
}

impl Chaos {
    fn new(seed: u64) -> Self {
        let library = srd();
        let mut luck = Luck(seed);
        let actions =
            library.monsters().iter().flat_map(|monster| monster.actions.iter().map(|action| action.id));
        let mut actions: Vec<Id> = actions.collect();
        actions.sort_unstable_by_key(|id| id.as_str());
        actions.dedup();
        let classes: Vec<Id> = library.classes().iter().map(|class| class.id).collect();
        let races: Vec<Id> = library.races().iter().map(|race| race.id).collect();
        let characters = (0..24)
            .map(|_| {
                let (race, class) = (*luck.of(&races), *luck.of(&classes));
                let character = Character::quick(race, class, library, &Ruleset::default(), |sides| {
                    luck.below(sides) + 1
                });
                Arc::new(character.expect("race and class are of the library"))
            })
            .collect();
        Self {
            monsters: library.monsters().iter().map(|monster| monster.id).collect(),
            spells: library.spells().iter().map(|spell| spell.id).collect(),
            actions,
            characters,
            luck,
            requests: 0,
            here: BTreeSet::new(),
            heaps: BTreeSet::new(),
            gone_heaps: BTreeSet::new(),
            left_heaps: BTreeSet::new(),
        }
    }

    fn request(&mut self) -> RequestId {
        self.requests += 1;
        RequestId::from_uuid(uuid::Uuid::from_u128(1 << 96 | self.requests))
    }

    fn somebody(&mut self) -> EntityId {
        let here = self.here.len();
        if here > 0 && !self.luck.one_in(4) {
            let index = self.luck.below(here as u32) as usize;
            return *self.here.iter().nth(index).expect("the index is below the length");
        }
        EntityId::from_uuid(uuid::Uuid::from_u128(u128::from(self.luck.below(NUMBERS)) + 1))
    }

    /// Mostly where the others are, at times at the end of the world.
    fn place(&mut self) -> GroundPoint {
        if self.luck.one_in(40) {
            let ends = [0, -1, 5_000 * METRE, i64::MAX, i64::MIN, i64::MAX / 2];
            return GroundPoint::new(*self.luck.of(&ends), *self.luck.of(&ends));
        }
        let mut along = || i64::from(self.luck.below(60 * METRE as u32));
        GroundPoint::new(along(), along())
    }

    fn pointing(&mut self) -> Pointing {
        let count = if self.luck.one_in(30) { 20 } else { self.luck.below(4) };
        let targets = (0..count).map(|_| self.somebody()).collect();
        let point = (!self.luck.one_in(3)).then(|| self.place().at_height(640));
        let monster = self.luck.one_in(6).then(|| *self.luck.of(&self.monsters));
        Pointing { targets, point, choice: self.luck.below(5) as u8, monster }
    }

    fn heap(&mut self) -> EntityId {
        // Those that were left last are the likeliest to lie there yet.
        let back = self.luck.below(4) as usize;
        self.heaps.iter().nth_back(back).copied().unwrap_or_else(|| self.somebody())
    }

    fn order(&mut self) -> Order {
        match self.luck.below(13) {
            0..=2 => {
                let weapons = [Weapon::Best, Weapon::Unarmed, Weapon::Held(0), Weapon::Held(9)];
                let with = *self.luck.of(&weapons);
                Order::Attack { target: self.somebody(), with, approach: !self.luck.one_in(3) }
            }
            3..=4 => {
                let spell = *self.luck.of(&self.spells);
                Order::Cast { spell, slot: self.luck.below(11) as u8, aim: self.pointing() }
            }
            5 => Order::Use { action: *self.luck.of(&self.actions), aim: self.pointing() },
            6..=7 => {
                let act = *self.luck.of(&ACTS);
                Order::Do { act, target: (!self.luck.one_in(3)).then(|| self.somebody()) }
            }
            8 => Order::MoveTo { to: self.place() },
            9 => {
                let policies = [Policy::Always, Policy::Never, Policy::SlotsBelow(2)];
                Order::React(*self.luck.of(&policies))
            }
            10 => Order::Halt,
            11 => Order::Take { heap: self.heap() },
            _ => Order::Release,
        }
    }

    fn command(&mut self) -> Command {
        match self.luck.below(20) {
            0..=1 if self.here.len() < CROWD_MAX => {
                let number = u128::from(self.luck.below(NUMBERS)) + 1;
                let wits = [Wits::Own, Wits::Own, Wits::Nearest, Wits::Chance, Wits::None];
                let factions =
                    [Faction::MONSTERS, Faction::PLAYERS, Faction::PEACEFUL, Faction(40), Faction(41)];
                Command::Spawn(Spawn {
                    request: self.request(),
                    entity: EntityId::from_uuid(uuid::Uuid::from_u128(number)),
                    monster: *self.luck.of(&self.monsters),
                    name: self.luck.one_in(3).then(|| Arc::from("Nobody in particular")),
                    at: self.place(),
                    faction: *self.luck.of(&factions),
                    wits: *self.luck.of(&wits),
                })
            }
            2 if self.here.len() < CROWD_MAX => Command::PlayerJoin(PlayerJoin {
                entity: EntityId::from_uuid(uuid::Uuid::from_u128(
                    u128::from(self.luck.below(NUMBERS)) + 1_001,
                )),
                name: Arc::from("Somebody"),
                race: Race::Elf,
                at: self.luck.one_in(2).then(|| self.place().at_height(640)),
                character: (!self.luck.one_in(4)).then(|| Arc::clone(self.luck.of(&self.characters))),
            }),
            3 if self.luck.one_in(4) => Command::Despawn { request: self.request(), entity: self.somebody() },
            4 if self.luck.one_in(3) => Command::PlayerLeave { entity: self.somebody() },
            5 => Command::PlayerLinkdead { entity: self.somebody() },
            6 if self.luck.one_in(4) => Command::PlayerSheet {
                with_wear: self.luck.one_in(2),
                entity: self.somebody(),
                character: Arc::clone(self.luck.of(&self.characters)),
            },
            7..=9 => Command::PlayerMove {
                entity: self.somebody(),
                seq: self.requests as u32,
                to: self.place(),
                yaw: self.luck.below(256) as u8,
            },
            _ => Command::Order { request: self.request(), entity: self.somebody(), order: self.order() },
        }
    }

    /// Who comes and goes, by what is told.
    fn follow(&mut self, events: &[Event]) {
        for event in events {
            match event {
                Event::Spawned { entity, .. } => {
                    assert!(self.here.insert(*entity), "{entity} came although it was here");
                }
                // Also told of whoever was here already.
                Event::PlayerSpawned { entity, .. } => {
                    self.here.insert(*entity);
                }
                Event::Despawned { entity, .. } => {
                    assert!(self.here.remove(entity), "{entity} left without having been here");
                    self.left_heaps.remove(entity);
                }
                Event::PlayerDespawned { entity, .. } => {
                    self.here.remove(entity);
                    // Who comes back is as sound as the account says, and may die anew.
                    self.left_heaps.remove(entity);
                }
                Event::Revived { entity, .. } => {
                    self.left_heaps.remove(entity);
                }
                Event::LeftBehind { entity, heap, .. } => {
                    assert!(self.heaps.insert(*heap), "heap {heap} is there twice");
                    assert!(self.left_heaps.insert(*entity), "{entity} left its things behind twice");
                }
                Event::TookUp { heap, .. } | Event::Vanished { heap } => {
                    assert!(self.heaps.contains(heap), "heap {heap} was never left");
                    assert!(self.gone_heaps.insert(*heap), "heap {heap} is had twice");
                }
                _ => {}
            }
        }
    }
}

const ACTS: [Act; 17] = [
    Act::Dash,
    Act::Disengage,
    Act::Dodge,
    Act::Help,
    Act::Hide,
    Act::Search,
    Act::Grapple,
    Act::Shove(ShoveTo::Prone),
    Act::Shove(ShoveTo::Away),
    Act::Escape,
    Act::Sever,
    Act::StandUp,
    Act::DropProne,
    Act::Stabilise,
    Act::EndConcentration,
    Act::Mount,
    Act::Mount,
];

/// How many ticks a run lasts.
fn run_length() -> u32 {
    env::var("CHAOS_TICKS").map_or(TICKS, |value| value.parse().expect("CHAOS_TICKS is a number of ticks"))
}

#[test]
fn chaos_loses_nobody_doubles_nothing_and_overdraws_nothing() {
    let mut meadow = Meadow::with_npcs(6).with_lake_from(56);
    meadow.ticks(60);
    let mut chaos = Chaos::new(3);
    // The wanderers are here from the start, and nobody tells of them.
    chaos.here.extend(meadow.simulation.views().iter().map(|view| view.entity));
    for tick in 0..run_length() {
        let count = if chaos.luck.one_in(3) { chaos.luck.below(6) } else { 0 };
        let commands: Vec<Command> = (0..count).map(|_| chaos.command()).collect();
        let asked = commands.iter().filter(|command| matches!(command, Command::Order { .. })).count();
        let events = meadow.tick(commands).events;
        let answered = events.iter().filter(|event| matches!(event, Event::Ordered { .. })).count();
        assert!(answered >= asked, "{asked} orders, {answered} answers in tick {tick}");
        chaos.follow(&events);
        if tick % AUDIT_TICKS == 0 {
            assert_eq!(meadow.simulation.audit(), [], "tick {tick}");
            let views = meadow.simulation.views();
            let seen: BTreeSet<EntityId> = views.iter().map(|view| view.entity).collect();
            assert_eq!(seen.len(), views.len(), "somebody is here twice, tick {tick}");
            let missing: Vec<_> = chaos.here.difference(&seen).collect();
            assert!(missing.is_empty(), "lost by tick {tick}: {missing:?}");
        }
    }
    assert!(chaos.here.len() > 5, "a region in which nothing happens proves nothing");
}

/// Chaos that forgets its beginning over and over, so that it is recorded from some checkpoint.
fn recorded(seed: u64, ticks: u32, limits: RecordingLimits) -> Recording {
    let mut meadow =
        Meadow::new_with(Simulation::recorded(crate::meadow::settings(6), limits)).with_lake_from(56);
    meadow.ticks(60);
    let mut chaos = Chaos::new(seed);
    // The wanderers are here from the start, and nobody tells of them.
    chaos.here.extend(meadow.simulation.views().iter().map(|view| view.entity));
    for _ in 0..ticks {
        let count = if chaos.luck.one_in(3) { chaos.luck.below(6) } else { 0 };
        let commands: Vec<Command> = (0..count).map(|_| chaos.command()).collect();
        let events = meadow.tick(commands).events;
        chaos.follow(&events);
    }
    meadow.simulation.recording().expect("it was made to record").clone()
}

fn written(recording: &Recording) -> Vec<u8> {
    let mut bytes = Vec::new();
    recording.write_to(&mut bytes).expect("all that creatures bear has a name");
    bytes
}

#[test]
fn chaos_is_lived_again_from_a_checkpoint_that_was_written_and_read() {
    for seed in [5, 6, 7] {
        let recording = recorded(seed, run_length() / 2, RecordingLimits { ticks: 420, bytes: usize::MAX });
        assert!(recording.begins_after() > 600, "it has forgotten its beginning");
        let read = Recording::read(&written(&recording)).expect("these bytes are a recording");
        let Replay::Same { ticks, compared } = replay(&read) else { panic!("{seed}: {:?}", replay(&read)) };
        assert!(ticks >= 420 && compared >= 7, "{ticks} {compared}");
    }
}

#[test]
fn whatever_bytes_come_instead_of_a_recording_reading_them_is_no_accident() {
    let bytes = written(&recorded(8, 400, RecordingLimits { ticks: 60, bytes: usize::MAX }));
    let mut luck = Luck(11);
    for _ in 0..300 {
        let mut damaged = bytes.clone();
        // The state stands at the beginning, terrain and commands behind it.
        let reach = if luck.one_in(2) { 60_000.min(damaged.len()) } else { damaged.len() };
        for _ in 0..=luck.below(6) {
            let at = luck.below(reach as u32) as usize;
            damaged[at] = luck.below(256) as u8;
        }
        if luck.one_in(4) {
            damaged.truncate(luck.below(damaged.len() as u32) as usize);
        }
        // A recording or a reason why it is none, and no panic.
        let _ = Recording::read(&damaged);
    }
}
