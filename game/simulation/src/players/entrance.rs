//! How players come in and go out. These change which entities there are, so they run before the phases, as commands do.

use std::sync::Arc;

use flecs_ecs::prelude::*;
use grid::{CellCoord, Position};

use super::components::{MoveQueue, MoveRequest, Player, SpeedBudget, Waiting, WaitingPlayer};
use crate::{
    EntityId, EntityKind, Event, GroundPoint, PlayerJoin, SimulationSettings, battle,
    clock::{Clock, Report},
    field::feet_of,
    identity::{Identity, Roster},
    movement::{Pace, Place},
    terrain::Terrain,
};

/// Rings of cells that are searched for ground before a player is turned away.
const SEARCH_RINGS_MAX: i32 = 8;
/// How long a player waits for the cells around, once there is ground.
const LOOK_AROUND_TICKS_MAX: u32 = 2 * crate::TICK_HZ;
/// Moves of one player that wait for one tick. A client sends one or two; the gateway's budget allows no more than this.
const MOVES_A_TICK_MAX: usize = 64;

/// A player wants in; one who is here already comes back to life.
pub(crate) fn join(world: &World, settings: &SimulationSettings, join: PlayerJoin) {
    if let Some(player) = find(world, join.entity) {
        let entity = player.entity_view(world);
        entity.get::<&mut Player>(|player| player.linkdead = false);
        tell_spawned(world, entity);
        return;
    }
    world.get::<&mut Waiting>(|waiting| {
        waiting.0.retain(|other| other.join.entity != join.entity);
        let near = join.at.map_or(settings.spawn, GroundPoint::from);
        waiting.0.push_back(WaitingPlayer { join, near, ring: 0, waited_ticks: 0 });
    });
}

/// Lets those in who wait, as far as there is ground to stand on.
pub(crate) fn let_in(world: &World, settings: &SimulationSettings, clock: Clock) {
    let waiting = world.get::<&mut Waiting>(|waiting| std::mem::take(&mut waiting.0));
    for mut player in waiting {
        player.waited_ticks += 1;
        let found = world.get::<&mut Terrain>(|terrain| match search_ground(terrain, &mut player, clock) {
            Search::Found(at) if !can_look_around(terrain, at, player.waited_ticks, clock) => Search::Waiting,
            found => found,
        });
        match found {
            Search::Found(position) => spawn(world, settings, clock, &player.join, position),
            Search::Waiting => world.get::<&mut Waiting>(|waiting| waiting.0.push_back(player)),
            Search::Nothing => tell(world, Event::NoGroundToSpawn { entity: player.join.entity }),
        }
    }
}

/// A player's socket is gone.
pub(crate) fn drop_link(world: &World, entity: EntityId) {
    match find(world, entity) {
        Some(player) => player.entity_view(world).get::<&mut Player>(|player| player.linkdead = true),
        None => tell(world, Event::UnknownPlayer { entity }),
    }
}

/// A player is taken out.
pub(crate) fn leave(world: &World, entity: EntityId) {
    let waited = world.get::<&mut Waiting>(|waiting| {
        let before = waiting.0.len();
        waiting.0.retain(|other| other.join.entity != entity);
        waiting.0.len() < before
    });
    match world.get::<&mut Roster>(|roster| roster.players.remove(&entity)) {
        Some(player) => {
            let player = player.entity_view(world);
            let position = player.get::<&Place>(|place| place.position);
            player.destruct();
            tell(world, Event::PlayerDespawned { entity, position: Some(position) });
        }
        None if waited => tell(world, Event::PlayerDespawned { entity, position: None }),
        None => tell(world, Event::UnknownPlayer { entity }),
    }
}

/// A player asks to be elsewhere; this tick judges it.
pub(crate) fn request_move(world: &World, entity: EntityId, seq: u32, to: GroundPoint, yaw: u8) {
    match find(world, entity) {
        Some(player) => player.entity_view(world).get::<&mut MoveQueue>(|queue| {
            // The oldest gives way: the newest is where the player wants to be.
            if queue.0.len() == MOVES_A_TICK_MAX {
                queue.0.remove(0);
            }
            queue.0.push(MoveRequest { seq, to, yaw });
        }),
        None => tell(world, Event::UnknownPlayer { entity }),
    }
}

enum Search {
    Found(Position),
    Waiting,
    Nothing,
}

/// Whether the cells around a place are here, so that the first steps aren't refused for want of terrain. Waits for them
/// only so long: one that fails shall not keep a player out.
fn can_look_around(terrain: &mut Terrain, at: Position, waited_ticks: u32, clock: Clock) -> bool {
    let around: Vec<_> = ring_cells(at.cell(), 1).filter(|&cell| terrain.owns(cell)).collect();
    for &cell in &around {
        terrain.want(cell, clock.tick);
    }
    waited_ticks > LOOK_AROUND_TICKS_MAX || around.iter().all(|&cell| terrain.holds(cell))
}

/// Searches ring after ring of cells around the wanted place; waits where a ring's terrain is not here yet.
fn search_ground(terrain: &mut Terrain, player: &mut WaitingPlayer, clock: Clock) -> Search {
    if player.ring == 0
        && let Ok(position) = terrain.stand(player.near)
    {
        return Search::Found(position);
    }
    let middle = player.near.cell();
    while player.ring <= SEARCH_RINGS_MAX {
        let ring: Vec<_> = ring_cells(middle, player.ring).filter(|&cell| terrain.owns(cell)).collect();
        for &cell in &ring {
            terrain.want(cell, clock.tick);
        }
        if !ring.iter().all(|&cell| terrain.holds(cell)) {
            return Search::Waiting;
        }
        let found = ring
            .iter()
            .filter_map(|&cell| terrain.nearest_in_cell(cell, player.near))
            .min_by_key(|position| (position.ground_distance_squared(player.near.at_height(0)), *position));
        if let Some(position) = found {
            return Search::Found(position);
        }
        player.ring += 1;
    }
    Search::Nothing
}

fn ring_cells(middle: CellCoord, ring: i32) -> impl Iterator<Item = CellCoord> {
    (-ring..=ring)
        .flat_map(move |dz| (-ring..=ring).map(move |dx| (dx, dz)))
        .filter(move |&(dx, dz)| dx.abs().max(dz.abs()) == ring)
        .map(move |(dx, dz)| CellCoord::new(middle.x.saturating_add(dx), middle.z.saturating_add(dz)))
}

fn spawn(world: &World, settings: &SimulationSettings, clock: Clock, join: &PlayerJoin, position: Position) {
    let net_id = world.get::<&mut Roster>(Roster::next_net_id);
    let units_per_second = join.race.walking_speed().units_per_second(settings.movement_scale);
    let entity = world
        .entity()
        .set(Identity {
            entity: join.entity,
            net_id,
            kind: EntityKind::Player(join.race),
            name: Arc::clone(&join.name),
        })
        .set(Place { position, yaw: 0, moved_at: 0 })
        .set(Pace { units_per_second })
        .set(SpeedBudget::full(units_per_second))
        .set(MoveQueue::default())
        .set(Player::default());
    world.get::<&mut Roster>(|roster| roster.players.insert(join.entity, entity.id()));
    if let Some(character) = &join.character {
        battle::join(world, clock, entity, (join.entity, Arc::clone(character), position));
    }
    tell_spawned(world, entity);
}

fn tell_spawned(world: &World, entity: EntityView<'_>) {
    let event = entity.get::<(&Identity, &Place, &Pace, &Player)>(|(identity, place, pace, player)| {
        Event::PlayerSpawned {
            entity: identity.entity,
            net_id: identity.net_id,
            position: place.position,
            units_per_second: pace.units_per_second,
            move_seq: player.move_seq,
        }
    });
    tell(world, event);
}

/// How far apart two players stand.
pub(crate) fn feet_between(world: &World, one: EntityId, other: EntityId) -> Option<u32> {
    let place = |entity| Some(find(world, entity)?.entity_view(world).get::<&Place>(|place| place.position));
    let far = place(one)?.ground_distance_squared(place(other)?).isqrt();
    u32::try_from(feet_of(i64::try_from(far).unwrap_or(i64::MAX / 20_000))).ok()
}

fn find(world: &World, entity: EntityId) -> Option<Entity> {
    world.get::<&Roster>(|roster| roster.players.get(&entity).copied())
}

fn tell(world: &World, event: Event) {
    world.get::<&mut Report>(|report| report.events.push(event));
}
