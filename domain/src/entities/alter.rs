//! Changing a live entity, beyond what happens in the game.

use api::{
    alteration::{AlterationReply, AlterationRequest, StandingView},
    right,
};
use game::{Alteration, GroundPoint};
use garde::Validate as _;
use grid::EntityId;
use rules::{Id, content::srd};

use super::{content_id, judged, list::view, live, new_order, no_answer, waits_for_ground};
use crate::{
    Allowed, Domain, Error,
    audit::{self, Alteration as Noted},
};

/// Changes something about an entity of the live region, and notes in the audit what, why, and how it was before.
///
/// # Errors
/// [`Error::InvalidField`] without a reason; [`Error::AgainstTheRules`] for a condition that the rules don't know;
/// [`Error::NotFound`] if it is not there or does not fight; [`Error::Conflict`] where it would change nothing or nobody can stand;
/// [`Error::Unavailable`] where no region runs.
pub async fn alter(
    domain: &Domain,
    actor: &Allowed<right::EditEntities>,
    entity: EntityId,
    request: AlterationRequest,
) -> Result<AlterationReply, Error> {
    request.validate()?;
    actor.says_why("what staff change about an entity has a reason")?;
    let alteration = read(&request)?;
    let before = standing(domain, entity).await?;
    let desk = &live(domain)?.desk;
    let (mut tries, mut altered) = (1, desk.alter(new_order(), entity, alteration).await);
    while waits_for_ground(&altered, tries).await {
        altered = desk.alter(new_order(), entity, alteration).await;
        tries += 1;
    }
    judged(altered, "id")?;
    // It may be gone by now, as those are who leave when they die: then it is as it was before, as far as anybody knows.
    let after = standing(domain, entity).await.unwrap_or_else(|_| before.clone());
    let transaction = domain.store().begin().await?;
    let noted = Noted {
        action: "entity.alter",
        subject: format!("entity {entity}"),
        details: serde_json::to_value(&request).map_err(|error| Error::Internal(error.to_string()))?,
        before: serde_json::to_value(&before).map_err(|error| Error::Internal(error.to_string()))?,
        after: serde_json::to_value(&after).map_err(|error| Error::Internal(error.to_string()))?,
    };
    audit::alteration(&transaction, actor, noted).await?;
    transaction.commit().await?;
    Ok(AlterationReply { id: entity, before, after })
}

fn read(request: &AlterationRequest) -> Result<Alteration, Error> {
    Ok(match request {
        AlterationRequest::Harm { hit_points } => Alteration::Harm { hit_points: *hit_points },
        AlterationRequest::Heal { hit_points } => Alteration::Heal { hit_points: *hit_points },
        AlterationRequest::SetHitPoints { hit_points } => {
            Alteration::SetHitPoints { hit_points: *hit_points }
        }
        AlterationRequest::AddCondition { condition } => {
            Alteration::AddCondition { condition: known_condition(condition)? }
        }
        AlterationRequest::LiftCondition { condition } => {
            Alteration::LiftCondition { condition: known_condition(condition)? }
        }
        AlterationRequest::Place { x, z } => Alteration::Place { at: GroundPoint::new(*x, *z) },
    })
}

fn known_condition(text: &str) -> Result<Id, Error> {
    content_id("condition", text, |id| srd().condition(id).is_some())
}

async fn standing(domain: &Domain, entity: EntityId) -> Result<StandingView, Error> {
    let inspection = live(domain)?.desk.inspect(entity).await.map_err(|_| no_answer())?;
    let view = inspection.map(|inspection| view(&inspection.view));
    let view = view.ok_or(Error::NotFound("entity in this region"))?;
    let fighter = view.fighter.ok_or(Error::NotFound("fighter of this id in this region"))?;
    Ok(StandingView {
        hit_points: fighter.hit_points,
        temporary: fighter.temporary,
        vitality: fighter.vitality,
        conditions: fighter.conditions,
        x: view.x,
        z: view.z,
    })
}
