//! Bans, mutes, kicks, or notes something about somebody.

use api::moderation::{SanctionKind, SanctionView};
use chrono::{DateTime, Utc};
use grid::AccountId;
use leptos::prelude::*;

use crate::Failure;

/// Does it; a ban or mute without an end stays until it is lifted.
#[server(prefix = "/api/ui", endpoint = "users/sanction")]
pub(crate) async fn sanction_user(
    user: AccountId,
    kind: SanctionKind,
    ends_at: Option<DateTime<Utc>>,
    reason: String,
) -> Result<SanctionView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ModeratePlayers>()?;
    let request = api::moderation::SanctionRequest { kind, ends_at, reason };
    domain::moderation::sanction(&domain, &actor, user, request).await.map_err(crate::caller::refuse)
}
