//! Notes where an appeal stands.

use api::moderation::{AppealState, SanctionView};
use grid::AccountId;
use leptos::prelude::*;
use uuid::Uuid;

use crate::Failure;

/// Notes where the appeal against a sanction stands; granting it lifts the sanction.
#[server(prefix = "/api/ui", endpoint = "users/appeal")]
pub(crate) async fn set_appeal(
    user: AccountId,
    sanction: Uuid,
    appeal: AppealState,
    reason: String,
) -> Result<SanctionView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ModeratePlayers>()?;
    let request = api::moderation::AppealRequest { appeal, reason };
    domain::moderation::appeal(&domain, &actor, user, sanction, request).await.map_err(crate::caller::refuse)
}
