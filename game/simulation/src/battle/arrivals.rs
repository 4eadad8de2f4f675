//! How fighters come into the region and leave it.

use std::sync::Arc;

use flecs_ecs::prelude::*;
use grid::{Position, RequestId};
use rules::character::Character;
use rules::combat::{Creature, Handle, Life, Policy};
use rules::content::Monster;
use rules::{Ability, ChallengeRating, Id, Purpose, ROUND_TICKS};

use super::{Actor, Battle, Fighter, Fray, Heading, Task, actor::Grudges, with_fray};
use crate::{
    EntityId, EntityKind, Event, Faction, GroundPoint, OrderRefusal, SimulationSettings, Spawn,
    clock::{Clock, Report},
    field::Ground,
    identity::{Identity, Roster},
    minds::{Mind, Wits},
    movement::{Pace, Place, Stride},
    paths::Route,
    wandering::Wander,
};

/// Most fighters that a region holds: what its tick has time for, with room to spare.
const FIGHTERS_MAX: usize = 32_768;

/// How far somebody who was put somewhere strolls about, in 1/256 m: eight metres.
const STROLL_UNITS: u32 = 8 * 256;

/// Who comes in.
pub(crate) struct Newcomer {
    pub(crate) entity: EntityId,
    pub(crate) arrival: Arrival,
    pub(crate) faction: Faction,
    pub(crate) position: Position,
    /// It thinks by itself.
    pub(crate) mind: Option<Box<Mind>>,
}

/// What somebody comes in with.
pub(crate) enum Arrival {
    /// A stat block.
    Monster(Id),
    /// A character.
    Character(Arc<Character>),
}

impl Fray<'_> {
    /// Adds a fighter at a place. `None` if the rules don't know its stat block, or the region is full.
    pub(crate) fn admit(&mut self, newcomer: Newcomer) -> Option<Handle> {
        let Newcomer { entity, arrival, faction, position, mind } = newcomer;
        if self.battle.actors.len() >= FIGHTERS_MAX {
            return None;
        }
        let (handle, monster, character) = match arrival {
            Arrival::Monster(id) => (self.battle.arena.add_monster(id, faction.0)?, Some(id), None),
            Arrival::Character(character) => {
                (self.battle.arena.add_character(&character, faction.0), None, Some(character))
            }
        };
        let space = self.battle.arena.get(handle).map_or(5, space_of);
        self.field.put(handle, position, space);
        self.enrol(handle, entity, faction, monster, character, mind);
        Some(handle)
    }

    /// Keeps what is kept of a fighter beside its creature.
    fn enrol(
        &mut self,
        handle: Handle,
        entity: EntityId,
        faction: Faction,
        monster: Option<Id>,
        character: Option<Arc<Character>>,
        mind: Option<Box<Mind>>,
    ) {
        // Idle rounds are spread by id.
        let turn_at = self.clock.tick + 1 + entity.uuid().as_u64_pair().1 % ROUND_TICKS;
        let Some(creature) = self.battle.arena.get_mut(handle) else { return };
        creature.policy = Policy::Never;
        let dexterity = creature.sheet.scores[Ability::Dexterity];
        // Whoever comes in without hit points fell where it was seen last, and is released as all who fell are.
        let died_at = (character.is_some() && creature.hp <= 0).then_some(self.clock.tick);
        if died_at.is_some() {
            creature.life = Life::Dead;
        }
        // Nobody learns from what can be called at will.
        let is_called = creature.summoned_by.is_some();
        let experience = monster
            .filter(|_| !is_called)
            .and_then(|id| self.battle.arena.library().monster(id))
            .and_then(|monster| monster.cr.parse::<ChallengeRating>().ok())
            .map_or(0, ChallengeRating::experience);
        // The peaceful have no foes to look for.
        let looks = mind.is_some() && faction != Faction::PEACEFUL;
        let exhaustion = character.as_ref().map_or(0, |character| character.wear.exhaustion);
        if character.is_some() {
            self.battle.players.push(handle);
        }
        self.battle.actors.insert(Actor {
            handle,
            entity,
            body: None,
            faction,
            monster,
            is_player: character.is_some(),
            character,
            experience,
            policy: Policy::Always,
            initiative: 0,
            dexterity,
            turn_at,
            engaged_until: 0,
            grudges: Grudges::default(),
            task: Task::default(),
            died_at,
            comes_to_at: None,
            fought_until: None,
            mind,
        });
        self.battle.turns.put(turn_at, handle);
        if died_at.is_some() {
            self.battle.dead.push(handle);
        }
        if looks {
            self.look_later(handle);
        }
        if exhaustion > 0 {
            self.play(handle, Purpose::TurnEdge, |play| play.exhaust(handle, exhaustion.into()));
        }
        self.repace(handle);
    }

    /// A creature that was called becomes a fighter; its body comes before the next tick.
    pub(super) fn answer_call(&mut self, who: Handle, by: Handle) {
        let Some(caller) = self.battle.actor(by) else { return };
        let (faction, fights) = (caller.faction, caller.is_engaged());
        let Some(creature) = self.battle.arena.get(who) else { return };
        let (monster, space) = (creature.sheet.id, space_of(creature));
        let Some(position) = self.field.position(who) else { return };
        self.field.put(who, position, space);
        let entity = self.new_id();
        let mind = Mind::of(creature_mind(self.battle, who), position.into());
        self.enrol(who, entity, faction, monster, None, Some(Box::new(mind)));
        self.battle.bodiless.push(who);
        if fights {
            self.engage(who);
        }
    }

    /// A fighter leaves for good.
    pub(super) fn go(&mut self, who: Handle, request: Option<RequestId>) {
        if self.battle.arena.get(who).is_some() {
            self.play(who, Purpose::TurnEdge, |play| play.departs(who));
        }
        self.field.take_out(who);
        let Some(actor) = self.battle.actors.remove(who) else { return };
        self.battle.players.retain(|other| *other != who);
        if let Some(body) = actor.body {
            self.battle.empty.push((body, actor.entity));
        }
        if !actor.is_player {
            self.tell(Event::Despawned { request, entity: actor.entity });
        }
    }
}

fn creature_mind(battle: &Battle, who: Handle) -> [u8; 2] {
    battle.arena.get(who).map_or([10, 10], |creature| {
        [creature.sheet.scores[Ability::Intelligence], creature.sheet.scores[Ability::Wisdom]]
    })
}

/// The side of the space that a creature takes, in feet.
fn space_of(creature: &Creature<'_>) -> i64 {
    i64::from(creature.sheet.size.space_half_feet()) / 2
}

/// Sets a monster or an NPC into the region.
pub(crate) fn spawn(world: &World, settings: &SimulationSettings, clock: Clock, spawn: Spawn) {
    let Spawn { request, entity, monster, name, at, faction, wits } = spawn;
    let settler = Settler { entity, monster, name, at, faction, wits, leash_units: STROLL_UNITS };
    if let Err(refusal) = settle(world, settings, clock, Some(request), settler) {
        tell(world, Event::SpawnRefused { request, entity, refusal });
    }
}

/// A monster or an NPC that comes to live in the region.
pub(crate) struct Settler {
    pub(crate) entity: EntityId,
    pub(crate) monster: Id,
    /// What it is called; its stat block's name without it.
    pub(crate) name: Option<Arc<str>>,
    pub(crate) at: GroundPoint,
    pub(crate) faction: Faction,
    pub(crate) wits: Wits,
    /// How far it strolls about while nobody troubles it, in 1/256 m.
    pub(crate) leash_units: u32,
}

/// Sets somebody into the region, asked for by `request` or by nobody.
///
/// # Errors
/// The rules don't know it, it is here already, nobody can stand there, or the region is full.
pub(crate) fn settle(
    world: &World,
    settings: &SimulationSettings,
    clock: Clock,
    request: Option<RequestId>,
    spawn: Settler,
) -> Result<(), OrderRefusal> {
    let library = rules::content::srd();
    let monster = library.monster(spawn.monster).ok_or(OrderRefusal::UnknownMonster(spawn.monster))?;
    if is_known(world, spawn.entity) {
        return Err(OrderRefusal::AlreadyHere);
    }
    let thinks = spawn.wits != Wits::None;
    let mind = thinks
        .then(|| Box::new(Mind::of([monster.abilities[3], monster.abilities[4]], spawn.at).with(spawn.wits)));
    let home = thinks.then_some(spawn.at);
    let (position, handle) = with_fray(world, clock, |fray| {
        fray.terrain.stand(spawn.at)?;
        let ground = Ground { field: fray.field, terrain: fray.terrain };
        let position = ground.room_near(spawn.at, |_| true).ok_or(OrderRefusal::NoWay)?;
        let newcomer = Newcomer {
            entity: spawn.entity,
            arrival: Arrival::Monster(spawn.monster),
            faction: spawn.faction,
            position,
            mind,
        };
        let handle = fray.admit(newcomer).ok_or(OrderRefusal::Full(FIGHTERS_MAX))?;
        Ok::<_, OrderRefusal>((position, handle))
    })?;
    let name = spawn.name.unwrap_or_else(|| Arc::from(&*monster.name));
    let looks = Looks { entity: spawn.entity, name, monster, position };
    let (net_id, body) = set_body(world, settings, handle, &looks);
    if let Some(home) = home {
        // Left alone, it strolls about where it was put.
        let rest_until = clock.tick + u64::from(crate::TICK_HZ);
        body.set(Wander { home, leash_units: spawn.leash_units, rest_until, rested: true });
    }
    tell(world, Event::Spawned { request, entity: spawn.entity, net_id, monster: spawn.monster, position });
    Ok(())
}

struct Looks<'a> {
    entity: EntityId,
    name: Arc<str>,
    monster: &'a Monster,
    position: Position,
}

/// Gives a fighter its body.
fn set_body<'w>(
    world: &'w World,
    settings: &SimulationSettings,
    handle: Handle,
    looks: &Looks<'_>,
) -> (crate::NetId, EntityView<'w>) {
    let net_id = world.get::<&mut Roster>(Roster::next_net_id);
    let feet = rules::Feet(looks.monster.speed.walk);
    let body = world
        .entity()
        .set(Identity {
            entity: looks.entity,
            net_id,
            kind: EntityKind::Monster(looks.monster.kind),
            name: Arc::clone(&looks.name),
        })
        .set(Place { position: looks.position, yaw: 0, moved_at: 0 })
        .set(Pace { units_per_second: feet.units_per_second(settings.movement_scale) })
        .set(Stride::default())
        .set(Route::default())
        .set(Fighter(handle));
    world.get::<&mut Battle>(|battle| {
        if let Some(actor) = battle.actors.get_mut(handle) {
            actor.body = Some(body.id());
        }
    });
    (net_id, body)
}

/// Makes somebody who has a body already a fighter.
pub(crate) fn arrive(world: &World, clock: Clock, body: EntityView<'_>, newcomer: Newcomer) {
    let handle = with_fray(world, clock, |fray| {
        let handle = fray.admit(newcomer)?;
        if let Some(actor) = fray.battle.actors.get_mut(handle) {
            actor.body = Some(body.id());
        }
        Some(handle)
    });
    if let Some(handle) = handle {
        body.set(Fighter(handle)).set(Route::default());
    }
}

/// A player's character fights from now on.
pub(crate) fn join(
    world: &World,
    clock: Clock,
    body: EntityView<'_>,
    (entity, character, position): (EntityId, Arc<Character>, Position),
) {
    body.set(Stride::default());
    let arrival = Arrival::Character(character);
    arrive(world, clock, body, Newcomer { entity, arrival, faction: Faction::PLAYERS, position, mind: None });
}

/// A player leaves: its wear is told.
pub(crate) fn leave(world: &World, clock: Clock, entity: EntityId) {
    with_fray(world, clock, |fray| {
        if let Some(who) = fray.battle.find_player(entity) {
            fray.tell_wear(who);
            // The body is taken by whoever takes the player out.
            if let Some(actor) = fray.battle.actors.get_mut(who) {
                actor.body = None;
            }
            fray.go(who, None);
        }
    });
}

/// A player's character has changed; it goes on from where it stands, at peace.
pub(crate) fn resheet(
    world: &World,
    clock: Clock,
    entity: EntityId,
    (mut character, with_wear): (Arc<Character>, bool),
) {
    let found = with_fray(world, clock, |fray| {
        let who = fray.battle.find_player(entity)?;
        let before = fray.battle.actor(who)?.character.as_ref()?;
        if !with_wear && let Some(wear) = fray.battle.arena.wear_of(who, before) {
            Arc::make_mut(&mut character).wear = wear;
        }
        let actor = fray.battle.actors.get_mut(who)?;
        let (body, fought_until) = (actor.body.take()?, actor.fought_until);
        let position = fray.field.position(who)?;
        fray.go(who, None);
        Some((body, position, fought_until))
    });
    if let Some((body, position, fought_until)) = found {
        join(world, clock, world.entity_from_id(body), (entity, character, position));
        world.get::<&mut Battle>(|battle| {
            let who = battle.find_player(entity);
            if let Some(actor) = who.and_then(|who| battle.actors.get_mut(who)) {
                actor.fought_until = fought_until;
            }
        });
    }
}

/// Takes a monster or an NPC out.
pub(crate) fn despawn(world: &World, clock: Clock, request: RequestId, entity: EntityId) {
    let known = with_fray(world, clock, |fray| {
        let who = fray.battle.actors.find(entity)?;
        if fray.battle.actor(who)?.is_player {
            return None;
        }
        fray.go(who, Some(request));
        Some(())
    });
    if known.is_none() {
        let outcome = Err(OrderRefusal::UnknownEntity);
        tell(world, Event::Ordered { request, entity, outcome });
    }
}

/// Whether somebody is here and alive.
pub(crate) fn lives(world: &World, entity: EntityId) -> bool {
    world.get::<&Battle>(|battle| {
        let actor = battle.actors.find(entity).and_then(|who| battle.actor(who));
        actor.is_some_and(|actor| actor.died_at.is_none())
    })
}

/// Whether somebody is here and fights.
pub(crate) fn fights(world: &World, entity: EntityId) -> bool {
    world.get::<&Battle>(|battle| {
        battle.actors.find(entity).and_then(|who| battle.actor(who)).is_some_and(Actor::is_engaged)
    })
}

/// Takes a monster out of which nobody has to be told why.
pub(crate) fn withdraw(world: &World, clock: Clock, entity: EntityId) {
    with_fray(world, clock, |fray| {
        if let Some(who) = fray.battle.actors.find(entity) {
            fray.go(who, None);
        }
    });
}

/// Bodies for those who came in the last tick, and no bodies for those who left.
pub(crate) fn embody(world: &World, settings: &SimulationSettings) {
    let (bodiless, empty) = world.get::<&mut Battle>(|battle| {
        (std::mem::take(&mut battle.bodiless), std::mem::take(&mut battle.empty))
    });
    for (body, _) in empty {
        world.entity_from_id(body).destruct();
    }
    for who in bodiless {
        let found = world.get::<&Battle>(|battle| {
            let actor = battle.actor(who)?;
            Some((actor.entity, actor.monster?))
        });
        let Some((entity, id)) = found else { continue };
        let position = world.get::<&crate::field::Field>(|field| field.position(who));
        let (Some(monster), Some(position)) = (rules::content::srd().monster(id), position) else { continue };
        let looks = Looks { entity, name: Arc::from(&*monster.name), monster, position };
        let (net_id, _) = set_body(world, settings, who, &looks);
        tell(world, Event::Spawned { request: None, entity, net_id, monster: id, position });
    }
    super::heaps::embody(world);
}

/// Whoever is steered by hand goes nowhere by itself.
pub(crate) fn steer_by_hand(world: &World, clock: Clock, entity: EntityId) {
    with_fray(world, clock, |fray| {
        if let Some(who) = fray.battle.find_player(entity)
            && fray.battle.actor(who).is_some_and(|actor| actor.task.heading != Heading::Free)
        {
            fray.head(who, Heading::Free);
        }
    });
}

fn is_known(world: &World, entity: EntityId) -> bool {
    world.get::<&Battle>(|battle| battle.actors.find(entity).is_some())
}

fn tell(world: &World, event: Event) {
    world.get::<&mut Report>(|report| report.events.push(event));
}
