//! The live entities of the region, for staff.

use crate::{Actor, Domain, Error, LiveRegion};
use api::{
    List, Permission,
    entity::{EntityKind, EntityView},
    observe::ObserveMessage,
};

/// Everyone in the live region, ordered by id.
///
/// # Errors
/// The actor may not watch the game; [`Error::Unavailable`] where no region runs.
pub async fn list(domain: &Domain, actor: &Actor) -> Result<List<EntityView>, Error> {
    actor.require(Permission::ObserveGame)?;
    Ok(List::whole(views(live(domain)?)))
}

/// The same as a message of `/ws/observe`, with the tick that it was taken at.
///
/// # Errors
/// As of [`list`].
pub async fn observe(domain: &Domain, actor: &Actor) -> Result<ObserveMessage, Error> {
    actor.require(Permission::ObserveGame)?;
    let live = live(domain)?;
    let status = live.watch.status();
    Ok(ObserveMessage::Entities {
        world_id: live.world,
        region_id: status.region,
        tick: status.tick,
        entities: views(live),
    })
}

fn live(domain: &Domain) -> Result<&LiveRegion, Error> {
    domain.region().ok_or(Error::Unavailable("no region runs in this process"))
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
            game::EntityKind::Creature(_) => EntityKind::Npc,
        },
        name: entity.name.to_string(),
        x: entity.position.x,
        y: entity.position.y,
        z: entity.position.z,
        walking: entity.walking,
        linkdead: entity.linkdead,
    }
}
