//! What our tables tell to records that are enriched. Nothing secret is among it.

use std::collections::HashMap;

use infra::pipelines::definition::EnrichTable;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    Records, StoreError,
    entity::{account, character, world},
};

/// The rows of those ids, as far as there are any.
///
/// # Errors
/// The database failed.
pub async fn look_up(
    records: &impl Records,
    table: EnrichTable,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Value>, StoreError> {
    let (wanted, connection) = (ids.iter().copied(), records.connection());
    Ok(match table {
        EnrichTable::Account => {
            let rows =
                account::Entity::find().filter(account::Column::Id.is_in(wanted)).all(connection).await?;
            let told = |row: account::Model| json!({ "display_name": row.display_name, "role": row.role, "created_at": row.created_at });
            rows.into_iter().map(|row| (row.id, told(row))).collect()
        }
        EnrichTable::Character => {
            let rows =
                character::Entity::find().filter(character::Column::Id.is_in(wanted)).all(connection).await?;
            let told = |row: character::Model| {
                json!({
                    "name": row.name,
                    "race": row.race,
                    "account_id": row.account_id,
                    "world_id": row.world_id,
                    "created_at": row.created_at,
                })
            };
            rows.into_iter().map(|row| (row.id, told(row))).collect()
        }
        EnrichTable::World => {
            let rows = world::Entity::find().filter(world::Column::Id.is_in(wanted)).all(connection).await?;
            let told = |row: world::Model| json!({ "name": row.name, "recipe_id": row.recipe_id });
            rows.into_iter().map(|row| (row.id, told(row))).collect()
        }
    })
}
