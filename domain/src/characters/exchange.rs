//! Trade between two characters: both get what the other gave, or nothing changes hands.

use game::{Deal, Exchanged, Lot};
use grid::CharacterId;
use rules::character::Character;
use rules::content::srd;
use store::{
    Store,
    events::{self, Context},
};

use super::{build, heaps, keep};
use crate::{Error, rules::known};

/// Carries a deal out in one transaction, together with the note that it was, so that it happens once however often it comes.
///
/// # Errors
/// [`Error::Conflict`] if somebody else changed one of both meanwhile; [`Error::NotFound`] if one is gone.
pub(super) async fn exchange(store: &Store, deal: &Deal) -> Result<Exchanged, Error> {
    let (transaction, now, id) = (store.begin().await?, store::now(), deal.id.uuid());
    if events::filter_unseen(&transaction, keep::CONSUMER, &[id]).await?.is_empty() {
        return Ok(Exchanged::Done);
    }
    let [(one, ones), (other, others)] = &deal.sides;
    if one == other {
        return Ok(Exchanged::Impossible("nobody trades with oneself".to_owned()));
    }
    // Always in the same order, so that two deals of the same people can't wait for each other.
    let (first, second) = (*one.min(other), *one.max(other));
    let first = keep::find(&transaction, first).await?;
    let second = keep::find(&transaction, second).await?;
    let mut both = [first, second];
    let place = |id: CharacterId| usize::from(id == *one.max(other));
    for (giver, lot) in &deal.sides {
        let built = &mut both[place(*giver)];
        if let Err(lack) = give(&mut built.character, lot) {
            return Ok(Exchanged::Impossible(format!("{} {lack}", built.record.name)));
        }
    }
    for (getter, lot) in [(one, others), (other, ones)] {
        let built = &mut both[place(*getter)];
        if let Err(lack) = get(&mut built.character, lot) {
            return Ok(Exchanged::Impossible(format!("{} {lack}", built.record.name)));
        }
    }
    for built in &both {
        build::save(&transaction, built, now).await?;
    }
    let told = heaps::transfers(Some(*one), Some(*other), "trade", ones).into_iter().chain(heaps::transfers(
        Some(*other),
        Some(*one),
        "trade",
        others,
    ));
    for happening in told {
        let context = Context { region: Some(deal.region), ..Context::default() };
        events::append(&transaction, &happening, now, context).await?;
    }
    events::mark_seen(&transaction, keep::CONSUMER, [id], now).await?;
    transaction.commit().await?;
    Ok(Exchanged::Done)
}

/// Takes from a character what it gives. What it wears or holds is no part of a deal.
fn give(character: &mut Character, lot: &Lot) -> Result<(), String> {
    // How much somebody has is nobody's business; what was offered both have seen.
    let left = character.money_cp.checked_sub(lot.money_cp);
    character.money_cp =
        left.ok_or_else(|| format!("does not have the {} copper pieces that were offered", lot.money_cp))?;
    for some in &lot.goods {
        let item = known(&some.item).ok_or_else(|| format!("has no {}", some.item))?;
        let loose = character.belongings.iter().filter(|owned| owned.item == item && !owned.equipped);
        let loose: u64 = loose.map(|owned| u64::from(owned.count)).sum();
        if loose < u64::from(some.count) {
            return Err(format!("does not have the {} {} that were offered", some.count, some.item));
        }
        // What is loose goes first, so nothing that is worn does.
        character.lose_item(item, some.count).map_err(|_| format!("can't give {}", some.item))?;
    }
    Ok(())
}

fn get(character: &mut Character, lot: &Lot) -> Result<(), String> {
    let money = character.money_cp.checked_add(lot.money_cp);
    character.money_cp = money.ok_or("can't carry so many coins")?;
    for some in &lot.goods {
        let item = known(&some.item).ok_or("can't carry what nobody knows")?;
        character.gain_item(srd(), item, some.count).map_err(|_| "carries as many things as anybody can")?;
    }
    Ok(())
}
