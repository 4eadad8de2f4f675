//! A region's whole state between two ticks: where a recording begins that has forgotten the region's first hours.
//!
//! Whatever later ticks depend on has to be in here, as it has to be in the state hash; that a recording is lived again from a
//! checkpoint with the same hashes is how the tests know. Bodies are set out anew in the order of their net ids, which no system may
//! notice.

use std::collections::BTreeMap;

use flecs_ecs::prelude::*;

use crate::{
    battle::{Battle, Fighter},
    clock::Clock,
    field::Field,
    identity::{Identity, NetId, Roster},
    movement::{Pace, Place, Stride},
    paths::Route,
    players::{MoveQueue, Player, SpeedBudget, Waiting},
    terrain::Terrain,
    wandering::{Unborn, Wander},
    wilds::Wilds,
};

/// The state of a region after a tick.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct Checkpoint {
    clock: Clock,
    battle: Box<Battle>,
    field: Field,
    terrain: Terrain,
    waiting: Waiting,
    unborn: Unborn,
    wilds: Wilds,
    last_net_id: NetId,
    /// Sorted by net id.
    bodies: Vec<Body>,
}

/// A body and all that hangs on it.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
struct Body {
    /// Its number in the world that it was taken from.
    #[serde(with = "crate::recording::body")]
    entity: Entity,
    identity: Identity,
    place: Place,
    pace: Pace,
    stride: Option<Stride>,
    route: Option<Route>,
    wander: Option<Wander>,
    player: Option<(Player, SpeedBudget)>,
    fighter: Option<Fighter>,
}

impl Checkpoint {
    /// The tick after which it was taken.
    pub(crate) const fn tick(&self) -> u64 {
        self.clock.tick
    }

    /// Takes a region's state.
    pub(crate) fn of(world: &World) -> Self {
        type Everything = (
            &'static Identity,
            &'static Place,
            &'static Pace,
            Option<&'static Stride>,
            Option<&'static Route>,
            Option<&'static Wander>,
            Option<&'static Player>,
            Option<&'static SpeedBudget>,
            Option<&'static Fighter>,
        );
        let mut bodies = Vec::new();
        world.new_query::<Everything>().each_entity(
            |entity, (identity, place, pace, stride, route, wander, player, budget, fighter)| {
                bodies.push(Body {
                    entity: entity.id(),
                    identity: identity.clone(),
                    place: *place,
                    pace: *pace,
                    stride: stride.copied(),
                    route: route.cloned(),
                    wander: wander.copied(),
                    player: player.copied().zip(budget.copied()),
                    fighter: fighter.copied(),
                });
            },
        );
        bodies.sort_unstable_by_key(|body| body.identity.net_id);
        Self {
            clock: world.get::<&Clock>(|clock| *clock),
            battle: world.get::<&Battle>(|battle| Box::new(battle.clone())),
            field: world.get::<&Field>(Field::clone),
            terrain: world.get::<&Terrain>(Terrain::clone),
            waiting: world.get::<&Waiting>(Waiting::clone),
            unborn: world.get::<&Unborn>(|unborn| *unborn),
            wilds: world.get::<&Wilds>(Wilds::clone),
            last_net_id: world.get::<&Roster>(Roster::last_net_id),
            bodies,
        }
    }

    /// Brings a region that has just been made to this state.
    pub(crate) fn restore(&self, world: &World) {
        let mut moved = BTreeMap::new();
        let mut players = BTreeMap::new();
        for body in &self.bodies {
            let entity = body.set_out(world);
            moved.insert(body.entity, entity);
            if body.player.is_some() {
                players.insert(body.identity.entity, entity);
            }
        }
        let mut battle = Battle::clone(&self.battle);
        battle.rehouse(|body| moved.get(&body).copied());
        world.set(self.clock);
        world.set(battle);
        world.set(self.field.clone());
        world.set(self.terrain.clone());
        world.set(self.waiting.clone());
        world.set(self.unborn);
        world.set(self.wilds.clone());
        world.set(Roster::resumed(players, self.last_net_id));
    }
}

impl Body {
    fn set_out(&self, world: &World) -> Entity {
        let entity = world.entity().set(self.identity.clone()).set(self.place).set(self.pace);
        if let Some(stride) = self.stride {
            entity.set(stride);
        }
        if let Some(route) = &self.route {
            entity.set(route.clone());
        }
        if let Some(wander) = self.wander {
            entity.set(wander);
        }
        if let Some((player, budget)) = self.player {
            entity.set(player).set(budget).set(MoveQueue::default());
        }
        if let Some(fighter) = self.fighter {
            entity.set(fighter);
        }
        entity.id()
    }
}
