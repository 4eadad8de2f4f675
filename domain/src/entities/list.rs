//! The live entities of the region, for staff.

use api::{
    List,
    combat::{FighterView, Vitality},
    entity::{EntityKind, EntityView},
    right,
    role::Place,
};

use super::live;
use crate::{AllowedAt, Domain, Error, LiveRegion};

/// Everyone in the live region, ordered by id.
///
/// # Errors
/// [`Error::Unavailable`] where no region runs; [`Error::NotAllowedThere`].
pub fn list(domain: &Domain, actor: &impl AllowedAt<right::ObserveGame>) -> Result<List<EntityView>, Error> {
    let live = live(domain)?;
    actor.at(Place::region(live.world, live.watch.status().coord))?;
    Ok(List::whole(views(live)))
}

pub(super) fn views(live: &LiveRegion) -> Vec<EntityView> {
    let mut views: Vec<_> = live.watch.entities().iter().map(view).collect();
    views.sort_unstable_by_key(|view| view.id);
    views
}

pub(super) fn view(entity: &game::EntityView) -> EntityView {
    EntityView {
        id: entity.entity,
        kind: match entity.kind {
            game::EntityKind::Player(_) => EntityKind::Player,
            game::EntityKind::Creature(_) | game::EntityKind::Monster(_) => EntityKind::Npc,
            game::EntityKind::Heap => EntityKind::Heap,
        },
        name: entity.name.to_string(),
        x: entity.position.x,
        y: entity.position.y,
        z: entity.position.z,
        walking: entity.walking,
        linkdead: entity.linkdead,
        fighter: entity.fighter.as_ref().map(fighter),
    }
}

fn fighter(fighter: &game::FighterView) -> FighterView {
    FighterView {
        monster: fighter.monster.map(|id| id.to_string()),
        faction: fighter.faction.0,
        hit_points: fighter.hit_points,
        hit_points_max: fighter.hit_points_max,
        temporary: fighter.temporary,
        vitality: match fighter.vitality {
            game::Vitality::Alive => Vitality::Alive,
            game::Vitality::Dying => Vitality::Dying,
            game::Vitality::Stable => Vitality::Stable,
            game::Vitality::Dead => Vitality::Dead,
        },
        fights: fighter.fights,
        target_id: fighter.target,
        casting: fighter.casting.map(|id| id.to_string()),
        aim: fighter.aim,
        conditions: fighter.conditions.iter().map(ToString::to_string).collect(),
    }
}
