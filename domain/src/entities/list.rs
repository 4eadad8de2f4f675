//! The live entities of the region, for staff.

use api::{
    List,
    entity::{EntityKind, EntityView},
    observe::ObserveMessage,
    right,
    role::Place,
};

use super::live;
use crate::{Allowed, AllowedAt, Domain, Error, LiveRegion};

/// Everyone in the live region, ordered by id.
///
/// # Errors
/// [`Error::Unavailable`] where no region runs; [`Error::NotAllowedThere`].
pub fn list(domain: &Domain, actor: &impl AllowedAt<right::ObserveGame>) -> Result<List<EntityView>, Error> {
    let live = live(domain)?;
    actor.at(Place::region(live.world, live.watch.status().coord))?;
    Ok(List::whole(views(live)))
}

/// The same as a message of `/ws/observe`, with the tick that it was taken at.
///
/// # Errors
/// [`Error::Unavailable`] where no region runs.
pub fn observe(domain: &Domain, _: &Allowed<right::ObserveGame>) -> Result<ObserveMessage, Error> {
    let live = live(domain)?;
    let status = live.watch.status();
    Ok(ObserveMessage::Entities {
        world_id: live.world,
        region_id: status.region,
        tick: status.tick,
        entities: views(live),
    })
}

fn views(live: &LiveRegion) -> Vec<EntityView> {
    let mut views: Vec<_> = live.watch.entities().iter().map(view).collect();
    views.sort_unstable_by_key(|view| view.id);
    views
}

fn view(entity: &game::EntityView) -> EntityView {
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
    }
}
