//! What a character owns: wearing it, buying more, being rid of it.

use api::{
    Permission,
    character::{CharacterRecord, InventoryDeed, InventoryRequest},
    right,
};
use garde::Validate as _;
use grid::CharacterId;
use rules::{
    Id,
    character::{Character, Refusal},
    content::srd,
};
use serde_json::json;
use store::events::Happening;

use super::{
    change::{Deed, Outcome, change},
    refusals,
};
use crate::{Allowed, Domain, Error};

/// Most copies of one thing that a character owns: far from where numbers end.
const COUNT_MAX: u32 = 1_000_000;

/// Does something with a thing of a character.
///
/// # Errors
/// [`Error::Conflict`] for what isn't there, costs too much or can't be worn as well; [`Error::Forbidden`] for giving without
/// `edit_entities`; [`Error::NotFound`] for somebody else's character.
pub async fn change_inventory(
    domain: &Domain,
    actor: &Allowed<right::PlayGame>,
    id: CharacterId,
    request: InventoryRequest,
) -> Result<CharacterRecord, Error> {
    request.validate()?;
    let is_staffs = request.deed == InventoryDeed::Grant;
    if is_staffs {
        actor.require(Permission::EditEntities)?;
    }
    let item = refusals::id("item", &request.item)?;
    let details = json!({ "do": request.deed, "item": request.item, "count": request.count });
    let deed = Deed { action: "character.inventory", details, is_staffs, calm_s: 0 };
    let (record, ()) = change(domain, actor, id, deed, |built| {
        let money = built.character.money_cp;
        let owned = count(&built.character, item);
        act(&mut built.character, item, &request)
            .map_err(|refusal| refusals::refuse(&[refusal], "", None))?;
        if count(&built.character, item) > u64::from(COUNT_MAX) {
            return Err(Error::Conflict(format!("a character owns at most {COUNT_MAX} of one thing")));
        }
        let paid = u64::from(money.saturating_sub(built.character.money_cp));
        let gained = count(&built.character, item).saturating_sub(owned);
        Ok(Outcome { reply: (), happenings: transfers(id, &request, paid, gained) })
    })
    .await?;
    Ok(record)
}

fn count(character: &Character, item: Id) -> u64 {
    let lots = character.belongings.iter().filter(|lot| lot.item == item);
    lots.map(|lot| u64::from(lot.count)).sum()
}

fn act(character: &mut Character, item: Id, request: &InventoryRequest) -> Result<(), Refusal> {
    let library = srd();
    match request.deed {
        InventoryDeed::Equip => character.equip(library, item),
        InventoryDeed::Unequip => character.unequip(item),
        InventoryDeed::Attune => character.attune(library, item),
        InventoryDeed::EndAttunement => {
            let lot = character.belongings.iter_mut().find(|lot| lot.item == item && lot.attuned);
            lot.ok_or(Refusal::NotOwned(item))?.attuned = false;
            Ok(())
        }
        InventoryDeed::Buy => character.buy(library, item, request.count),
        InventoryDeed::Drop => character.lose_item(item, request.count),
        InventoryDeed::Grant => character.gain_item(library, item, request.count),
    }
}

/// What changed hands, for whoever follows the economy.
fn transfers(id: CharacterId, request: &InventoryRequest, paid: u64, gained: u64) -> Vec<Happening> {
    let transfer = |from, to, reason: &str, item: &str, quantity| Happening::EconomyTransferred {
        from,
        to,
        reason: reason.to_owned(),
        item: item.to_owned(),
        quantity,
    };
    match request.deed {
        InventoryDeed::Buy => vec![
            transfer(Some(id), None, "vendor", "gold", paid),
            transfer(None, Some(id), "vendor", &request.item, gained),
        ],
        InventoryDeed::Grant => vec![transfer(None, Some(id), "grant", &request.item, gained)],
        InventoryDeed::Drop => {
            vec![transfer(Some(id), None, "drop", &request.item, request.count.into())]
        }
        InventoryDeed::Equip
        | InventoryDeed::Unequip
        | InventoryDeed::Attune
        | InventoryDeed::EndAttunement => Vec::new(),
    }
}
