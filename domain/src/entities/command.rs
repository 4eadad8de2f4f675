//! Telling an entity what to do.

use api::{
    Permission,
    entity::{AttackRequest, AttackWith, MovementRequest, OrderReply, SpellRequest},
};
use game::{GroundPoint, Order, Pointing, Weapon};
use garde::Validate as _;
use grid::{CharacterId, EntityId};
use rules::content::srd;
use serde_json::json;

use super::{content_id, judged, live, new_order};
use crate::{Actor, Domain, Error, audit, characters::find_own};

/// Lets an entity walk somewhere.
///
/// # Errors
/// [`Error::Forbidden`] without `command_entities` or `play_game`; [`Error::InvalidField`] for staff who order a player's character
/// about and don't say why; [`Error::NotFound`] for an entity that is not the player's own,
/// or not there; [`Error::Conflict`] where no way leads, with the reason.
pub async fn walk(domain: &Domain, actor: &Actor, request: MovementRequest) -> Result<OrderReply, Error> {
    request.validate()?;
    let order = Order::MoveTo { to: GroundPoint::new(request.x, request.z) };
    command(domain, actor, request.entity_id, order, "x").await
}

/// Lets an entity attack another.
///
/// # Errors
/// As of [`walk`]; [`Error::Conflict`] with the rules' reason, such as a target out of reach.
pub async fn attack(domain: &Domain, actor: &Actor, request: AttackRequest) -> Result<OrderReply, Error> {
    request.validate()?;
    let with = match request.with {
        AttackWith::Best => Weapon::Best,
        AttackWith::Held(number) => Weapon::Held(number),
        AttackWith::Unarmed => Weapon::Unarmed,
    };
    let order = Order::Attack { target: request.target_id, with, approach: request.approach };
    command(domain, actor, request.entity_id, order, "target_id").await
}

/// Lets an entity cast a spell.
///
/// # Errors
/// As of [`walk`]; [`Error::AgainstTheRules`] for a spell that the rules don't know; [`Error::Conflict`] with the rules' reason,
/// such as a range or a slot that is spent.
pub async fn cast(domain: &Domain, actor: &Actor, request: SpellRequest) -> Result<OrderReply, Error> {
    request.validate()?;
    let monster = request.monster.as_deref();
    let monster = monster.map(|text| content_id("monster", text, |id| srd().monster(id).is_some()));
    let order = Order::Cast {
        spell: content_id("spell", &request.spell, |id| srd().spell(id).is_some())?,
        slot: request.slot,
        aim: Pointing {
            targets: request.target_ids,
            point: request.point,
            choice: request.choice,
            monster: monster.transpose()?,
        },
    };
    command(domain, actor, request.entity_id, order, "target_ids").await
}

async fn command(
    domain: &Domain,
    actor: &Actor,
    entity: EntityId,
    order: Order,
    target: &'static str,
) -> Result<OrderReply, Error> {
    let by_staff = authorise(domain, actor, entity).await?;
    // Monsters are ordered about all day; a player's character is not.
    if by_staff && is_somebodys(domain, entity).await? {
        actor.says_why("what staff order a player's character to do has a reason")?;
    }
    let id = new_order();
    let told = by_staff.then(|| format!("{order:?}"));
    judged(live(domain)?.desk.order(id, entity, order).await, target)?;
    if let Some(told) = told {
        let transaction = domain.store().begin().await?;
        let details = json!({ "order": told });
        audit::note(&transaction, actor, "entity.command", format!("entity {entity}"), details).await?;
        transaction.commit().await?;
    }
    Ok(OrderReply { id, entity_id: entity })
}

/// Whether the entity is a character that somebody plays: those have the character's id.
async fn is_somebodys(domain: &Domain, entity: EntityId) -> Result<bool, Error> {
    Ok(store::characters::find(domain.store(), CharacterId::from_uuid(entity.uuid())).await?.is_some())
}

/// Whether the actor may as staff; players may with the entity of a character of their own, which has the character's id.
async fn authorise(domain: &Domain, actor: &Actor, entity: EntityId) -> Result<bool, Error> {
    let account = actor.signed_in()?;
    if actor.permissions.contains(Permission::PlayGame)
        && find_own(domain, account, CharacterId::from_uuid(entity.uuid())).await.is_ok()
    {
        return Ok(false);
    }
    if actor.permissions.contains(Permission::CommandEntities) {
        return Ok(true);
    }
    actor.require(Permission::PlayGame)?;
    Err(Error::NotFound("entity of yours"))
}
