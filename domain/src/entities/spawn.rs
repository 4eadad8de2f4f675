//! Setting a monster or an NPC into the region.

use api::{
    entity::{Side, SpawnReply, SpawnRequest},
    right,
};
use game::{Answer, Faction, GroundPoint, Spawn, Wits};
use garde::Validate as _;
use grid::EntityId;
use rules::content::srd;
use serde_json::json;
use uuid::Uuid;

use super::{content_id, judged, live, new_order, waits_for_ground};
use crate::{Allowed, Domain, Error, audit};

/// Sets a monster or an NPC into the live region, at that place or near it, and notes it in the audit.
///
/// # Errors
/// [`Error::AgainstTheRules`] for a monster that the rules don't know; [`Error::Conflict`] where nobody can stand or the region is
/// full; [`Error::Unavailable`] where no region runs.
pub async fn spawn(
    domain: &Domain,
    actor: &Allowed<right::SpawnEntities>,
    request: SpawnRequest,
) -> Result<SpawnReply, Error> {
    request.validate()?;
    let monster = content_id("monster", &request.monster, |id| srd().monster(id).is_some())?;
    let spawn = Spawn {
        request: new_order(),
        entity: EntityId::from_uuid(Uuid::now_v7()),
        monster,
        name: request.name.as_deref().map(Into::into),
        at: GroundPoint::new(request.x, request.z),
        faction: match request.side {
            Side::Players => Faction::PLAYERS,
            Side::Peaceful => Faction::PEACEFUL,
            Side::Monsters => Faction::MONSTERS,
        },
        wits: if request.thinks { Wits::Own } else { Wits::None },
    };
    let desk = &live(domain)?.desk;
    let (mut tries, mut spawned) = (1, desk.spawn(spawn.clone()).await);
    while waits_for_ground(&spawned, tries).await {
        spawned = desk.spawn(Spawn { request: new_order(), ..spawn.clone() }).await;
        tries += 1;
    }
    let Answer::Spawned { entity, position } = judged(spawned, "monster")? else {
        return Err(Error::Internal("the region answered a spawn with something else".to_owned()));
    };
    let transaction = domain.store().begin().await?;
    let details = json!({ "monster": request.monster, "name": request.name, "x": request.x, "z": request.z });
    audit::note(&transaction, actor, "entity.spawn", format!("entity {entity}"), details).await?;
    transaction.commit().await?;
    Ok(SpawnReply { id: entity, monster: request.monster, x: position.x, y: position.y, z: position.z })
}
