//! What lies on the ground: left once, and had once.

use std::time::Duration;

use chrono::TimeDelta;
use game::{Goods, Heap, Lot};
use grid::{CharacterId, EntityId, RegionId};
use rules::content::srd;
use store::{Records, Store, events::Happening};

use super::build::Built;
use crate::{Error, rules::known};

/// Keeps what was left behind.
pub(super) async fn leave(store: &Store, heap: &Heap) -> Result<(), Error> {
    let now = store::now();
    let lasts = TimeDelta::from_std(heap.lasts).unwrap_or(TimeDelta::MAX);
    let record = store::heaps::Heap {
        id: heap.id,
        region: heap.region,
        name: heap.name.clone(),
        position: heap.at,
        belongs_to: heap.belongs_to,
        money_cp: heap.lot.money_cp,
        goods: heap.lot.goods.iter().map(|some| (some.item.clone(), some.count)).collect(),
        left_at: now,
        gone_at: now.checked_add_signed(lasts).unwrap_or(now),
    };
    Ok(store::heaps::insert(store, &record).await?)
}

/// Forgets a heap.
pub(super) async fn clear(store: &Store, heap: EntityId) -> Result<(), Error> {
    store::heaps::take(store, heap).await?;
    Ok(())
}

/// What lies in a region and has not vanished while the region did not run.
pub(super) async fn list(store: &Store, region: RegionId) -> Result<Vec<Heap>, Error> {
    let now = store::now();
    store::heaps::purge(store, region, now).await?;
    let heaps = store::heaps::list_of_region(store, region, now).await?;
    let heaps = heaps.into_iter().map(|record| Heap {
        id: record.id,
        region: record.region,
        name: record.name,
        at: record.position,
        belongs_to: record.belongs_to,
        lot: lot(record.money_cp, record.goods),
        lasts: (record.gone_at - now).to_std().unwrap_or(Duration::ZERO),
    });
    Ok(heaps.collect())
}

/// Gives a character what is in a heap, which is gone then.
///
/// # Errors
/// [`Error::NotFound`] if somebody else has it.
pub(super) async fn take(
    records: &impl Records,
    built: &mut Built,
    heap: EntityId,
) -> Result<Vec<Happening>, Error> {
    let record = store::heaps::take(records, heap).await?.ok_or(Error::NotFound("heap"))?;
    let lot = lot(record.money_cp, record.goods);
    let character = &mut built.character;
    character.money_cp = character.money_cp.saturating_add(lot.money_cp);
    let mut gained = Vec::new();
    for some in lot.goods {
        // Whoever carries as much as anybody can leaves the rest.
        match known(&some.item).map(|item| character.gain_item(srd(), item, some.count)) {
            Some(Ok(())) => gained.push(some),
            refused => tracing::warn!(character = %built.record.id, ?some, ?refused, "can't be carried"),
        }
    }
    let lot = Lot { goods: gained, ..lot };
    Ok(transfers(None, Some(built.record.id), "loot", &lot))
}

/// What changed hands, for whoever follows the economy.
pub(super) fn transfers(
    from: Option<CharacterId>,
    to: Option<CharacterId>,
    reason: &str,
    lot: &Lot,
) -> Vec<Happening> {
    let transfer = |item: &str, quantity: u32| Happening::EconomyTransferred {
        from,
        to,
        reason: reason.to_owned(),
        item: item.to_owned(),
        quantity: quantity.into(),
    };
    let money = (lot.money_cp > 0).then(|| transfer("gold", lot.money_cp));
    money.into_iter().chain(lot.goods.iter().map(|some| transfer(&some.item, some.count))).collect()
}

fn lot(money_cp: u32, goods: Vec<(String, u32)>) -> Lot {
    Lot { money_cp, goods: goods.into_iter().map(|(item, count)| Goods { item, count }).collect() }
}
