//! Taking a monster or an NPC out of the region.

use api::right;
use grid::EntityId;
use serde_json::json;

use super::{judged, live, new_order};
use crate::{Allowed, Domain, Error, audit};

/// Takes an entity that is no player out of the live region, and notes it in the audit.
///
/// # Errors
/// [`Error::NotFound`] if it is not there; [`Error::Unavailable`] where no region runs.
pub async fn despawn(
    domain: &Domain,
    actor: &Allowed<right::SpawnEntities>,
    entity: EntityId,
) -> Result<(), Error> {
    judged(live(domain)?.desk.despawn(new_order(), entity).await, "id")?;
    let transaction = domain.store().begin().await?;
    audit::note(&transaction, actor, "entity.despawn", format!("entity {entity}"), json!({})).await?;
    Ok(transaction.commit().await?)
}
