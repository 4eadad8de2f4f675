//! How quick the rules are on one core, as JSON: CPU time of the thread beside wall time, medians of several runs, and
//! what is allocated on the way.
//!
//! `speed --out target/bench/rules.json`

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use cpu_time::ThreadTime;
use rules::combat::{
    Aim, Arena, Attempt, Creature, Economy, Handle, Happening, Intent, Moments, OpenField, Play, Sheet,
};
use rules::content::{Library, Pack, srd};
use rules::language::expr::Measure;
use rules::{AbilityScores, Id, Ruleset};
use serde_json::{Value, json};

/// Runs of each measurement; the median counts.
const RUNS: usize = 5;

/// Counts what is allocated.
struct Counting;

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);

#[expect(unsafe_code, reason = "an allocator is unsafe by nature; this one only counts and passes on")]
// SAFETY: every call goes to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: as promised to us by the caller.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as promised to us by the caller.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() -> ExitCode {
    let out = std::env::args().skip_while(|argument| argument != "--out").nth(1).map(PathBuf::from);
    let report = json!({
        "attacks": attacks(),
        "spell_effects": fireballs(),
        "effects_applied": holds(),
        "forecasts": forecasts(),
        "load": load(),
    });
    let text = format!("{report:#}\n");
    let written = match &out {
        Some(file) => std::fs::write(file, &text),
        None => Ok(()),
    };
    #[expect(clippy::print_stdout, reason = "a tool shows its result")]
    {
        print!("{text}");
    }
    if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn id(text: &str) -> Id {
    text.parse().expect("the ids here are well formed")
}

/// A quick generator: the dice of a benchmark need be neither fair nor keyed.
fn luck() -> impl FnMut(u32) -> u32 {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    move |sides| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        ((u128::from(state) * u128::from(sides)) >> 64) as u32 + 1
    }
}

struct Ring {
    arena: Arena<'static>,
    field: OpenField,
    events: Vec<Happening<'static>>,
}

impl Ring {
    fn new() -> Self {
        Self { arena: Arena::new(srd(), Ruleset::default()), field: OpenField::default(), events: Vec::new() }
    }

    fn fighter(&mut self, side: u16, east: i32) -> Handle {
        let mut sheet = Sheet::plain(9, AbilityScores::new([10, 14, 12, 18, 10, 10]));
        sheet.casting = Some(rules::Ability::Intelligence);
        (sheet.dc, sheet.spell_attack, sheet.hp_max) = (15, 7, 1_000_000_000);
        let mut creature = Creature::new(sheet, side);
        creature.book.spells = ["srd:fireball", "srd:hold-person"].map(id).to_vec();
        let who = self.arena.add(creature);
        self.field.put(who, east, 0);
        who
    }

    /// Does one thing many times; gives how many times a second of CPU and of wall time, and allocations each.
    fn repeat(&mut self, times: u64, who: Handle, mut act: impl FnMut(&mut Self, u64)) -> Value {
        let mut rates: Vec<(f64, f64)> = Vec::new();
        let mut allocated = 0;
        for _ in 0..RUNS {
            // The first rounds fill the lists that are used again later.
            (0..100).for_each(|turn| self.once(who, turn, &mut act));
            let before = ALLOCATIONS.load(Ordering::Relaxed);
            let (cpu, wall) = (ThreadTime::now(), Instant::now());
            (0..times).for_each(|turn| self.once(who, turn, &mut act));
            let (cpu, wall) = (cpu.elapsed().as_secs_f64(), wall.elapsed().as_secs_f64());
            allocated = ALLOCATIONS.load(Ordering::Relaxed) - before;
            rates.push((times as f64 / cpu, times as f64 / wall));
        }
        let median = |pick: fn(&(f64, f64)) -> f64| {
            let mut all: Vec<f64> = rates.iter().map(pick).collect();
            all.sort_by(f64::total_cmp);
            all[all.len() / 2].round()
        };
        json!({
            "per_second_cpu": median(|rate| rate.0),
            "per_second_wall": median(|rate| rate.1),
            "allocations_each": allocated as f64 / times as f64,
        })
    }

    fn once(&mut self, who: Handle, turn: u64, act: &mut impl FnMut(&mut Self, u64)) {
        if let Some(creature) = self.arena.get_mut(who) {
            creature.economy = Economy { actions: 1, reactions: 1, ..Economy::default() };
            creature.book.slots = [4; 10];
        }
        self.events.clear();
        act(self, turn);
    }
}

/// A monster's bite: range, roll, armour class, damage, resistance, hit points, events.
fn attacks() -> Value {
    let mut ring = Ring::new();
    let ghoul = ring.arena.add_monster(id("srd:ghoul"), 1).expect("the ghoul is in the content");
    ring.field.put(ghoul, 0, 0);
    let target = ring.fighter(2, 5);
    let (bite, mut dice) = (Intent::Use(id("bite")), luck());
    ring.repeat(1_000_000, ghoul, |ring, _| {
        let targets = [target];
        let aim = Aim { targets: &targets, ..Aim::default() };
        let mut play = Play::new(&mut ring.arena, &mut ring.field, &mut dice, &mut ring.events);
        let _ = black_box(play.attempt(Attempt { who: ghoul, intent: bite, aim }));
    })
}

/// A fireball among eight: each creature's save and damage is one effect.
fn fireballs() -> Value {
    const REACHED: u64 = 8;
    let mut ring = Ring::new();
    let caster = ring.fighter(1, 0);
    for place in 0..REACHED {
        ring.fighter(2, 58 + place as i32);
    }
    let (cast, mut dice) = (Intent::Cast(id("srd:fireball"), 3), luck());
    let mut measured = ring.repeat(100_000, caster, |ring, _| {
        let aim = Aim { point: Some(OpenField::point(60, 0)), ..Aim::default() };
        let mut play = Play::new(&mut ring.arena, &mut ring.field, &mut dice, &mut ring.events);
        let _ = black_box(play.attempt(Attempt { who: caster, intent: cast, aim }));
    });
    for key in ["per_second_cpu", "per_second_wall"] {
        measured[key] = json!(measured[key].as_f64().unwrap_or(0.0) * REACHED as f64);
    }
    measured
}

/// Holding somebody, over and over: an effect laid and the one before it taken off, conditions and modifiers anew.
fn holds() -> Value {
    let mut ring = Ring::new();
    let caster = ring.fighter(1, 0);
    let target = ring.fighter(2, 30);
    let (cast, mut dice) = (Intent::Cast(id("srd:hold-person"), 2), luck());
    ring.repeat(200_000, caster, |ring, _| {
        let targets = [target];
        let aim = Aim { targets: &targets, ..Aim::default() };
        let mut play = Play::new(&mut ring.arena, &mut ring.field, &mut dice, &mut ring.events);
        let _ = black_box(play.attempt(Attempt { who: caster, intent: cast, aim }));
    })
}

/// What a fireball among eight would do, by mean and variance.
fn forecasts() -> Value {
    let mut ring = Ring::new();
    let caster = ring.fighter(1, 0);
    for place in 0..8 {
        ring.fighter(2, 58 + place);
    }
    ring.repeat(20_000, caster, |ring, _| {
        let aim = Aim { point: Some(OpenField::point(60, 0)), ..Aim::default() };
        let intent = Intent::Cast(id("srd:fireball"), 3);
        let forecast = ring.arena.forecast::<Moments, _>(&ring.field, caster, intent, aim);
        black_box(forecast.tolls.iter().map(|toll| toll.damage.mean()).sum::<f64>());
    })
}

/// Reading and checking all content.
fn load() -> Value {
    let mut all: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = ThreadTime::now();
            black_box(Library::load(&[Pack::srd()]).is_ok());
            start.elapsed().as_secs_f64() * 1_000.0
        })
        .collect();
    all.sort_by(f64::total_cmp);
    json!({ "milliseconds_cpu": (all[RUNS / 2] * 10.0).round() / 10.0 })
}
