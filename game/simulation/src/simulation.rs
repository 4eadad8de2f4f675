//! One region's world, ticked by whoever owns the thread.

use std::{cell::RefCell, marker::PhantomData, time::Duration};

use flecs_ecs::prelude::*;

use crate::{
    Alteration, AreaView, Command, EntityId, EntityView, Event, Fault, GroundPoint, Inspection, Rank,
    Recording, RecordingLimits, SimulationSettings, Standing, Thinking, TickOutcome, Why, audit,
    battle::{self, Battle, Fighter, Fighting, Told},
    clock::{self, Clock, Report},
    identity::{Identity, IdentityComponents},
    movement::{Movement, MovementComponents, Pace, Place},
    paths,
    players::{self, Player, Players, PlayersComponents},
    recording::{Checkpoint, Recorder},
    schedule,
    state_hash::StateHasher,
    terrain::{Terrain, TerrainUpkeep},
    wandering::{self, Wandering, WanderingComponents},
    wilds,
};

/// Seconds in a tick, as flecs is told them. Nothing of ours reads it: maths is in whole ticks.
const TICK_SECONDS: f32 = 1.0 / crate::TICK_HZ as f32;

/// What of an entity others can see.
type Seen =
    (&'static Identity, &'static Place, &'static Pace, Option<&'static Player>, Option<&'static Fighter>);

/// The live state of one region. It lives and dies on the thread that made it.
pub struct Simulation {
    // Queries before the world: fields drop in this order, and a query must not outlive its world.
    seen: Query<Seen>,
    hasher: RefCell<StateHasher>,
    world: World,
    settings: SimulationSettings,
    clock: Clock,
    recorder: Option<Recorder>,
    /// The order of the tick's moves, used again by each tick.
    order: Vec<usize>,
    not_send: PhantomData<*const ()>,
}

impl Simulation {
    /// A region at tick 0, without terrain and without anyone in it.
    #[must_use]
    pub fn new(settings: SimulationSettings) -> Self {
        let clock = Clock { tick: 0, seed: settings.seed, region: settings.region };
        let world = World::new();
        schedule::register(&world);
        clock::register(&world, clock);
        world.component::<Terrain>().add_trait::<flecs::Singleton>();
        world.set(Terrain::new(settings.region));
        // Singletons come before whatever asks for them.
        battle::register(&world, &settings);
        wilds::register(&world);
        world.import::<IdentityComponents>();
        world.import::<MovementComponents>();
        world.import::<WanderingComponents>();
        world.import::<PlayersComponents>();
        paths::register(&world);
        world.import::<Wandering>();
        world.import::<Movement>();
        world.import::<Players>();
        world.import::<TerrainUpkeep>();
        world.import::<Fighting>();
        wandering::expect(&world, settings.population.count);
        let seen = world.new_query::<Seen>();
        let hasher = RefCell::new(StateHasher::new(&world));
        Self {
            seen,
            hasher,
            world,
            settings,
            clock,
            recorder: None,
            order: Vec::new(),
            not_send: PhantomData,
        }
    }

    /// A region that keeps a recording of itself, within limits.
    #[must_use]
    pub fn recorded(settings: SimulationSettings, limits: RecordingLimits) -> Self {
        let recorder = Recorder::new(settings.clone(), limits);
        Self { recorder: Some(recorder), ..Self::new(settings) }
    }

    /// The region as it was where a recording begins. It records nothing itself.
    #[must_use]
    pub fn at_start_of(recording: &Recording) -> Self {
        let mut simulation = Self::new(recording.settings.clone());
        if let Some(start) = &recording.start {
            start.restore(&simulation.world);
            simulation.clock.tick = start.tick();
        }
        simulation
    }

    /// What was recorded so far, of a region that was made to.
    #[must_use]
    pub fn recording(&self) -> Option<&Recording> {
        self.recorder.as_ref().map(|recorder| &recorder.recording)
    }

    /// What the recording is kept within, of a region that was made to keep one.
    #[must_use]
    pub fn recording_limits(&self) -> Option<RecordingLimits> {
        self.recorder.as_ref().map(|recorder| recorder.limits)
    }

    /// What a recording is kept within, from now on; nothing happens to a region that keeps none.
    pub const fn limit_recording(&mut self, limits: RecordingLimits) {
        if let Some(recorder) = &mut self.recorder {
            recorder.limits = limits;
        }
    }

    /// Applies the commands in their order, then lets one tick pass.
    pub fn tick(&mut self, commands: impl IntoIterator<Item = Command>) -> TickOutcome {
        let mut outcome = TickOutcome::default();
        self.tick_into(commands, &mut outcome);
        outcome
    }

    /// As [`Self::tick`], into an outcome whose lists are cleared and filled again, so that a steady tick allocates nothing.
    pub fn tick_into(&mut self, commands: impl IntoIterator<Item = Command>, outcome: &mut TickOutcome) {
        self.clock.tick += 1;
        self.world.set(self.clock);
        battle::embody(&self.world, &self.settings);
        for command in commands {
            if let Some(recorder) = &mut self.recorder {
                recorder.note(self.clock.tick, &command);
            }
            self.apply(command);
        }
        players::let_in(&self.world, &self.settings, self.clock);
        wandering::set_out(&self.world, &self.settings, self.clock);
        wilds::tend(&self.world, &self.settings, self.clock);
        self.world.progress_time(TICK_SECONDS);

        if let Some(recorder) = &mut self.recorder {
            let (world, clock) = (&self.world, self.clock);
            let hasher = self.hasher.get_mut();
            recorder.pass(clock.tick, || hasher.hash(world, clock), || Checkpoint::of(world));
        }
        outcome.tick = self.clock.tick;
        outcome.events.clear();
        self.world.get::<&mut Report>(|report| std::mem::swap(&mut report.events, &mut outcome.events));
        sort_moves(&mut outcome.events, &mut self.order);
        self.world.get::<&mut Terrain>(|terrain| terrain.take_wanted(&mut outcome.terrain_wanted));
    }

    /// The number of the last tick.
    #[must_use]
    pub const fn tick_number(&self) -> u64 {
        self.clock.tick
    }

    /// Everyone in the region, sorted by net id, into `views`, which is cleared first.
    pub fn views_into(&self, views: &mut Vec<EntityView>) {
        views.clear();
        self.seen.each(|seen| views.push(self.see(seen)));
        views.sort_unstable_by_key(|view| view.net_id);
    }

    /// Everyone in the region, sorted by net id.
    #[must_use]
    pub fn views(&self) -> Vec<EntityView> {
        let mut views = Vec::new();
        self.views_into(&mut views);
        views
    }

    /// All about an entity; `None` of who is not here.
    #[must_use]
    pub fn inspect(&self, entity: EntityId) -> Option<Inspection> {
        let mut view = None;
        self.seen.each(|seen| {
            if seen.0.entity == entity {
                view = Some(self.see(seen));
            }
        });
        let view = view?;
        let fighter = battle::with_fray(&self.world, self.clock, |fray| battle::inspect(fray, entity));
        Some(Inspection { tick: self.clock.tick, view, fighter })
    }

    /// The zones, walls and auras in the region, by number.
    #[must_use]
    pub fn areas(&self) -> Vec<AreaView> {
        let mut areas = Vec::new();
        battle::with_fray(&self.world, self.clock, |fray| battle::areas_into(fray, &mut areas));
        areas
    }

    /// A hash of all that later ticks depend on, except for terrain. Equal histories have equal hashes.
    #[must_use]
    pub fn state_hash(&self) -> blake3::Hash {
        self.hasher.borrow_mut().hash(&self.world, self.clock)
    }

    /// Everything that is wrong with the region between two ticks; nothing, if it is as it should be.
    #[must_use]
    pub fn audit(&self) -> Vec<Fault> {
        audit::audit(&self.world, self.clock.tick)
    }

    /// Lets a stopwatch tell how long thinking takes. Nothing is decided by it.
    pub fn watch_thinking(&mut self, stopwatch: fn() -> Duration) {
        self.world.get::<&mut Battle>(|battle| battle.stopwatch = Some(stopwatch));
    }

    /// What thinking has cost since the region was made.
    #[must_use]
    pub fn thinking(&self) -> Thinking {
        self.world.get::<&Battle>(|battle| battle.thinking)
    }

    /// How a player's character stands; `None` of who is none, and of characters that can only walk.
    #[must_use]
    pub fn standing(&self, entity: EntityId) -> Option<Standing> {
        self.world.get::<&Battle>(|battle| battle::standing(battle, entity, self.clock.tick))
    }

    /// What a fighter counts as in figures; `None` of who is not here or can't fight.
    #[must_use]
    pub fn rank(&self, entity: EntityId) -> Option<Rank> {
        self.world.get::<&Battle>(|battle| battle::rank(battle, entity))
    }

    /// How far apart two players stand, in feet; `None` if one of them is not here.
    #[must_use]
    pub fn feet_between(&self, one: EntityId, other: EntityId) -> Option<u32> {
        players::feet_between(&self.world, one, other)
    }

    /// Why an entity that thinks by itself did what it did last.
    #[must_use]
    pub fn why(&self, entity: EntityId) -> Option<Why> {
        self.world.get::<&Battle>(|battle| {
            let actor = battle.actor(battle.actors.find(entity)?)?;
            actor.mind.as_ref().map(|mind| mind.why)
        })
    }

    fn see(
        &self,
        (identity, place, pace, player, fighter): (
            &Identity,
            &Place,
            &Pace,
            Option<&Player>,
            Option<&Fighter>,
        ),
    ) -> EntityView {
        let fighter =
            fighter.and_then(|fighter| self.world.get::<&Battle>(|battle| battle::view(battle, fighter.0)));
        EntityView {
            net_id: identity.net_id,
            entity: identity.entity,
            kind: identity.kind,
            name: identity.name.clone(),
            position: place.position,
            yaw: place.yaw,
            units_per_second: pace.units_per_second,
            walking: place.moved_at == self.clock.tick,
            linkdead: player.is_some_and(|player| player.linkdead),
            fighter,
        }
    }

    /// Ground that nobody has been near may be here when whoever was refused tries again.
    fn ask_for_ground(&self, at: GroundPoint) {
        self.world.get::<&mut Terrain>(|terrain| terrain.want(at.cell(), self.clock.tick));
    }

    fn apply(&self, command: Command) {
        let world = &self.world;
        match command {
            Command::TerrainReady { coord, chunk } => {
                world.get::<&mut Terrain>(|terrain| terrain.insert(coord, chunk, self.clock.tick));
            }
            Command::TerrainFailed { coord } => {
                world.get::<&mut Terrain>(|terrain| terrain.fail(coord, self.clock.tick));
            }
            Command::PlayerJoin(join) => players::join(world, &self.settings, join),
            Command::PlayerMove { entity, seq, to, yaw } => {
                battle::steer_by_hand(world, self.clock, entity);
                players::request_move(world, entity, seq, to, yaw);
            }
            Command::PlayerLinkdead { entity } => players::drop_link(world, entity),
            Command::PlayerLeave { entity } => {
                battle::leave(world, self.clock, entity);
                players::leave(world, entity);
            }
            Command::PlayerSheet { entity, character, with_wear } => {
                battle::resheet(world, self.clock, entity, (character, with_wear));
            }
            Command::Spawn(spawn) => {
                self.ask_for_ground(spawn.at);
                battle::spawn(world, &self.settings, self.clock, spawn);
            }
            Command::Despawn { request, entity } => battle::despawn(world, self.clock, request, entity),
            Command::Alter { request, entity, alteration } => {
                if let Alteration::Place { at } = alteration {
                    self.ask_for_ground(at);
                }
                battle::alter(world, self.clock, (request, entity), alteration);
            }
            Command::Lay(heap) => battle::lay_again(world, self.clock, heap),
            Command::Party { entity, party } => {
                world.get::<&mut Battle>(|battle| battle.parties.set(entity, party));
            }
            Command::Order { request, entity, order } => {
                world.get::<&mut Battle>(|battle| battle.orders.push(Told { request, entity, order }));
            }
        }
    }
}

/// Sorts players' moves by whom they are of; everything else keeps its order, which is that of cause and effect. Moves are judged body
/// by body in one go, and in which order bodies are gone through is no part of the state.
fn sort_moves(events: &mut [Event], order: &mut Vec<usize>) {
    let is_move = |event: &Event| matches!(event, Event::MoveApplied { .. } | Event::MoveRefused { .. });
    let Some(first) = events.iter().position(is_move) else { return };
    let moves = events[first..].iter().take_while(|event| is_move(event)).count();
    sort_by_entity(&mut events[first..first + moves], order);
}

/// Sorts events by whom they are about; one entity's events keep their order. Unlike the library's stable sort, it takes no memory of
/// its own.
fn sort_by_entity(events: &mut [Event], order: &mut Vec<usize>) {
    order.clear();
    order.extend(0..events.len());
    order.sort_unstable_by_key(|place| (events[*place].entity(), *place));
    for place in 0..events.len() {
        // Whoever should stand here may have been moved on already by an earlier exchange.
        let mut from = order[place];
        while from < place {
            from = order[from];
        }
        events.swap(place, from);
    }
}

#[cfg(test)]
mod tests {
    use grid::Position;

    use super::*;

    #[test]
    fn moves_are_sorted_by_entity_and_what_causes_what_keeps_its_order() {
        let entity = |number: u128| EntityId::from_uuid(uuid::Uuid::from_u128(number));
        let moved = |who, seq| Event::MoveApplied { entity: entity(who), seq };
        let fell = |who| Event::Fell { entity: entity(who), by: entity(9) };
        let came = Event::PlayerDespawned { entity: entity(7), position: Some(Position::default()) };
        let mut events =
            vec![came.clone(), moved(5, 0), moved(1, 1), moved(5, 2), moved(3, 3), fell(8), fell(2)];
        sort_moves(&mut events, &mut Vec::new());
        let sorted = [came, moved(1, 1), moved(3, 3), moved(5, 0), moved(5, 2), fell(8), fell(2)];
        assert_eq!(events, sorted);
    }
}
