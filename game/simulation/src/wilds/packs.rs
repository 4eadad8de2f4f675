//! Packs come, and go. This changes which entities there are, so it runs before the phases, as commands do.

use std::collections::BTreeSet;

use flecs_ecs::prelude::*;
use grid::{CellCoord, Position, REGION_CELLS, UNITS_PER_CELL, UNITS_PER_METRE};
use rules::content::{Monster, srd};
use rules::vocabulary::CreatureType;
use rules::{CounterDice, Purpose};
use uuid::Uuid;

use super::{Wilds, components::Den};
use crate::{
    EntityId, Faction, GroundPoint, SimulationSettings, TICK_HZ, WildPack, WildSettings, Wits,
    battle::{self, Settler},
    clock::Clock,
    identity::{Roster, new_entity_id},
    movement::Place,
    terrain::Terrain,
};

/// Ticks between two looks at who is near which den: a second, in which nobody crosses a cell.
const TEND_TICKS: u64 = TICK_HZ as u64;
/// Packs come within so many cells of a player's: at 64 to 190 metres.
const COME_CELLS: i32 = 2;
/// They stay within so many.
const STAY_CELLS: i32 = 4;
/// How long nobody has to be near for a pack to leave.
const LEAVE_TICKS: u64 = 30 * TICK_HZ as u64;
/// How near to a player nobody comes into being, in 1/256 m.
const UNSEEN_UNITS: i64 = 48 * UNITS_PER_METRE;
/// Places in a cell that are tried.
const PLACES: u32 = 8;
/// How long a cell is left alone in which no place was found.
const TRY_AGAIN_TICKS: u64 = 20 * TICK_HZ as u64;
/// How far members stray from the den, in 1/256 m.
const LEASH_UNITS: u32 = 16 * UNITS_PER_METRE as u32;
/// Ordinals of ids: far from those of other newcomers of a tick.
const ORDINALS: u32 = 0x4000_0000;
/// Beasts of less challenge than this, in eighths, leave everybody alone until they are attacked.
const TIMID_EIGHTHS: u16 = 2;

/// Lets packs come where players draw near, and leave where nobody is any more.
pub(crate) fn tend(world: &World, settings: &SimulationSettings, clock: Clock) {
    let Some(wild) = &settings.wilds else { return };
    if clock.tick % TEND_TICKS != TEND_TICKS / 2 {
        return;
    }
    let players = places_of_players(world);
    let near = cells_about(world, &players, COME_CELLS);
    let stay: BTreeSet<u32> =
        cells_about(world, &players, STAY_CELLS).into_iter().map(|(cell, _)| cell).collect();
    let mut wilds = world.get::<&mut Wilds>(std::mem::take);
    count_the_fallen(world, wild, clock, &mut wilds);
    send_away(world, clock, &mut wilds, &stay);
    let mut here: usize = wilds.dens.values().map(|den| den.members.len()).sum();
    let mut ordinal = ORDINALS;
    for (cell, coord) in near {
        world.get::<&mut Terrain>(|terrain| terrain.want(coord, clock.tick));
        let den = wilds.dens.get(&cell);
        let is_free = den.is_none_or(|den| den.members.is_empty() && clock.tick >= den.empty_until);
        if !is_free || here >= wild.monsters_max as usize {
            continue;
        }
        let killed = den.map_or(0, |den| den.killed);
        let mut dice = dice_of(clock, cell, killed);
        if let Some(found) = find_den(world, wild, coord, &players, &mut dice) {
            let members = muster(world, settings, clock, &found, &mut dice, &mut ordinal);
            here += members.len();
            let empty_until = if members.is_empty() { clock.tick + TRY_AGAIN_TICKS } else { 0 };
            wilds.dens.insert(cell, Den { killed, members, empty_until, near_at: clock.tick });
        }
    }
    world.set(wilds);
}

/// The dice of a den's next pack: of the seed, the cell, and how many packs were killed there.
fn dice_of(clock: Clock, cell: u32, killed: u32) -> CounterDice {
    let den = EntityId::from_uuid(Uuid::from_u128(u128::from(cell) + 1));
    rules::roll(clock.seed, clock.region, u64::from(killed), den, Purpose::Muster)
}

fn places_of_players(world: &World) -> Vec<Position> {
    world.get::<&Roster>(|roster| {
        let place = |body: &Entity| body.entity_view(world).get::<&Place>(|place| place.position);
        roster.players.values().map(place).collect()
    })
}

/// The region's cells within so many of a player's, by number.
fn cells_about(world: &World, players: &[Position], rings: i32) -> BTreeSet<(u32, CellCoord)> {
    world.get::<&Terrain>(|terrain| {
        let around = players.iter().map(|at| at.cell()).flat_map(|cell| {
            (-rings..=rings).flat_map(move |dz| {
                (-rings..=rings)
                    .map(move |dx| CellCoord::new(cell.x.saturating_add(dx), cell.z.saturating_add(dz)))
            })
        });
        around.filter_map(|cell| Some((terrain.index_of(cell)? as u32, cell))).collect()
    })
}

/// Notes who of the packs has died or was taken out, and when another pack comes where none is left.
fn count_the_fallen(world: &World, wild: &WildSettings, clock: Clock, wilds: &mut Wilds) {
    for (cell, den) in &mut wilds.dens {
        if den.members.is_empty() {
            continue;
        }
        den.members.retain(|member| battle::lives(world, *member));
        if den.members.is_empty() {
            den.killed += 1;
            // Up to half as long again, so that not all that was killed together comes back together.
            let more = dice_of(clock, *cell, den.killed).below(wild.respawn_ticks / 2 + 1);
            den.empty_until = clock.tick + u64::from(wild.respawn_ticks) + u64::from(more);
        }
    }
}

/// Packs that nobody is near leave, unless they fight.
fn send_away(world: &World, clock: Clock, wilds: &mut Wilds, stay: &BTreeSet<u32>) {
    wilds.dens.retain(|cell, den| {
        if stay.contains(cell) {
            den.near_at = clock.tick;
            return true;
        }
        if clock.tick - den.near_at < LEAVE_TICKS
            || den.members.iter().any(|member| battle::fights(world, *member))
        {
            return true;
        }
        for member in den.members.drain(..) {
            battle::withdraw(world, clock, member);
        }
        // What was killed is remembered until its time is over; then it is as if nobody had been here.
        clock.tick < den.empty_until
    });
}

/// A pack, and where it lives.
struct Found<'w> {
    pack: &'w WildPack,
    at: GroundPoint,
}

/// Whether a cell has a den: the more dangerous, the likelier. `None` also while its terrain is not here.
fn find_den<'w>(
    world: &World,
    wild: &'w WildSettings,
    cell: CellCoord,
    players: &[Position],
    dice: &mut CounterDice,
) -> Option<Found<'w>> {
    world.get::<&Terrain>(|terrain| {
        let danger = terrain.danger(cell)?;
        if dice.below(100_000) >= wild.density_permille * u32::from(danger) {
            return None;
        }
        let corner = cell.origin();
        (0..PLACES).find_map(|_| {
            let mut along = |from: i64| from + i64::from(dice.below(UNITS_PER_CELL as u32));
            let at = GroundPoint::new(along(corner.x), along(corner.z));
            terrain.stand(at).ok()?;
            let is_seen = |player: &Position| is_within(GroundPoint::from(*player), at, UNSEEN_UNITS);
            let is_quiet = wild.quiet.iter().any(|quiet| is_within(quiet.at, at, i64::from(quiet.units)));
            if is_quiet || players.iter().any(is_seen) {
                return None;
            }
            let pack = choose(wild, terrain.biome(at)?, danger, dice)?;
            Some(Found { pack, at })
        })
    })
}

fn is_within(middle: GroundPoint, point: GroundPoint, units: i64) -> bool {
    middle.distance(point).is_some_and(|far| far < units)
}

/// One of those that may live there, by their weights.
fn choose<'w>(wild: &'w WildSettings, biome: u8, danger: u8, dice: &mut CounterDice) -> Option<&'w WildPack> {
    let lives_here = |pack: &&WildPack| {
        biome < 64
            && pack.biomes >> biome & 1 == 1
            && (pack.danger_permille.0..=pack.danger_permille.1).contains(&(u16::from(danger) * 10))
    };
    let packs = || wild.packs.iter().filter(lives_here);
    let weights: u32 = packs().fold(0, |sum, pack| sum.saturating_add(pack.weight));
    if weights == 0 {
        return None;
    }
    let mut drawn = dice.below(weights);
    packs().find(|pack| match drawn.checked_sub(pack.weight) {
        Some(left) => {
            drawn = left;
            false
        }
        None => true,
    })
}

/// Sets a pack out.
fn muster(
    world: &World,
    settings: &SimulationSettings,
    clock: Clock,
    found: &Found<'_>,
    dice: &mut CounterDice,
    ordinal: &mut u32,
) -> Vec<EntityId> {
    let Some(monster) = srd().monster(found.pack.monster) else { return Vec::new() };
    let (fewest, most) = found.pack.group;
    let count = u32::from(fewest) + dice.below(u32::from(most.saturating_sub(fewest)) + 1);
    let mut members = Vec::new();
    for _ in 0..count {
        *ordinal += 1;
        let settler = Settler {
            entity: new_entity_id(settings, clock, *ordinal),
            monster: found.pack.monster,
            name: None,
            at: found.at,
            faction: if is_timid(monster) { Faction::PEACEFUL } else { Faction::MONSTERS },
            wits: Wits::Own,
            leash_units: LEASH_UNITS,
        };
        let entity = settler.entity;
        if battle::settle(world, settings, clock, None, settler).is_ok() {
            members.push(entity);
        }
    }
    members
}

fn is_timid(monster: &Monster) -> bool {
    let eighths = match &*monster.cr {
        "0" => 0,
        "1/8" => 1,
        _ => TIMID_EIGHTHS,
    };
    monster.kind == CreatureType::Beast && eighths < TIMID_EIGHTHS
}

/// Cells of a region fit the numbers that dens have.
const _: () = assert!(REGION_CELLS as i64 * (REGION_CELLS as i64) < u32::MAX as i64);
