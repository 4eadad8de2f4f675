//! Takes a sanction back.

use api::moderation::SanctionView;
use grid::AccountId;
use leptos::prelude::*;
use uuid::Uuid;

use crate::Failure;

/// Takes a sanction back.
#[server(prefix = "/api/ui", endpoint = "users/lift")]
pub(crate) async fn lift_sanction(
    user: AccountId,
    sanction: Uuid,
    reason: String,
) -> Result<SanctionView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ModeratePlayers>()?;
    domain::moderation::lift(&domain, &actor, user, sanction, api::user::Reason { reason })
        .await
        .map_err(crate::caller::refuse)
}
