//! What was left behind on the ground of regions, until somebody has it or its time is over.

use chrono::{DateTime, Utc};
use grid::{CharacterId, EntityId, Position, RegionId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::OnConflict};
use serde_json::{Value, json};

use crate::{Records, StoreError, entity::heap};

/// Some things on the ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heap {
    /// Its id, and that of its entity.
    pub id: EntityId,
    /// Where it lies.
    pub region: RegionId,
    /// The name of who left it.
    pub name: String,
    /// Where in the region.
    pub position: Position,
    /// Who has the first right to it.
    pub belongs_to: Option<CharacterId>,
    /// Coins, in copper pieces.
    pub money_cp: u32,
    /// Ids of things, and how many of each.
    pub goods: Vec<(String, u32)>,
    /// When it was left.
    pub left_at: DateTime<Utc>,
    /// When it vanishes.
    pub gone_at: DateTime<Utc>,
}

impl TryFrom<heap::Model> for Heap {
    type Error = StoreError;

    fn try_from(row: heap::Model) -> Result<Self, StoreError> {
        let unreadable = |reason| StoreError::Unreadable { table: "heap", reason };
        let money_cp =
            u32::try_from(row.money_cp).map_err(|error| unreadable(format!("{}: {error}", row.id)))?;
        let goods =
            serde_json::from_value(row.goods).map_err(|error| unreadable(format!("{}: {error}", row.id)))?;
        Ok(Self {
            id: EntityId::from_uuid(row.id),
            region: RegionId::from_uuid(row.region_id),
            name: row.name,
            position: Position { x: row.x, y: row.y, z: row.z },
            belongs_to: row.belongs_to.map(CharacterId::from_uuid),
            money_cp,
            goods,
            left_at: row.left_at,
            gone_at: row.gone_at,
        })
    }
}

/// Adds a heap. One that is there already stays as it is.
///
/// # Errors
/// The database failed.
pub async fn insert(records: &impl Records, new: &Heap) -> Result<(), StoreError> {
    let goods: Value = json!(new.goods);
    let row = heap::ActiveModel {
        id: Set(new.id.uuid()),
        region_id: Set(new.region.uuid()),
        name: Set(new.name.clone()),
        x: Set(new.position.x),
        y: Set(new.position.y),
        z: Set(new.position.z),
        belongs_to: Set(new.belongs_to.map(CharacterId::uuid)),
        money_cp: Set(new.money_cp.into()),
        goods: Set(goods),
        left_at: Set(new.left_at),
        gone_at: Set(new.gone_at),
    };
    heap::Entity::insert(row)
        .on_conflict(OnConflict::column(heap::Column::Id).do_nothing().to_owned())
        .try_insert()
        .exec_without_returning(records.connection())
        .await?;
    Ok(())
}

/// Takes a heap from the ground: of all who try, one gets it.
///
/// # Errors
/// The database failed.
pub async fn take(records: &impl Records, id: EntityId) -> Result<Option<Heap>, StoreError> {
    let Some(row) = heap::Entity::find_by_id(id.uuid()).one(records.connection()).await? else {
        return Ok(None);
    };
    let taken = heap::Entity::delete_by_id(id.uuid()).exec(records.connection()).await?;
    if taken.rows_affected == 1 { Heap::try_from(row).map(Some) } else { Ok(None) }
}

/// What lies in a region and has not vanished by now, in the order in which it was left.
///
/// # Errors
/// The database failed.
pub async fn list_of_region(
    records: &impl Records,
    region: RegionId,
    now: DateTime<Utc>,
) -> Result<Vec<Heap>, StoreError> {
    let rows = heap::Entity::find()
        .filter(heap::Column::RegionId.eq(region.uuid()))
        .filter(heap::Column::GoneAt.gt(now))
        .order_by_asc(heap::Column::LeftAt)
        .order_by_asc(heap::Column::Id)
        .all(records.connection())
        .await?;
    rows.into_iter().map(Heap::try_from).collect()
}

/// Removes what has vanished from a region by now; returns how many heaps that were.
///
/// # Errors
/// The database failed.
pub async fn purge(records: &impl Records, region: RegionId, now: DateTime<Utc>) -> Result<u64, StoreError> {
    let outcome = heap::Entity::delete_many()
        .filter(heap::Column::RegionId.eq(region.uuid()))
        .filter(heap::Column::GoneAt.lte(now))
        .exec(records.connection())
        .await?;
    Ok(outcome.rows_affected)
}
