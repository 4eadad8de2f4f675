//! Gives somebody a role beside their own.

use api::role::{GrantView, Place};
use chrono::{DateTime, Utc};
use grid::AccountId;
use leptos::prelude::*;
use uuid::Uuid;

use crate::Failure;

/// Gives it; without a place it holds everywhere, without an end until it is withdrawn.
#[server(prefix = "/api/ui", endpoint = "users/give-grant")]
pub(crate) async fn give_grant(
    user: AccountId,
    role: Uuid,
    place: Option<Place>,
    ends_at: Option<DateTime<Utc>>,
    reason: String,
) -> Result<GrantView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ManageRoles>()?;
    let request = api::role::GrantRequest { role_id: role, place, ends_at, reason };
    domain::grants::give(&domain, &actor, user, request).await.map_err(crate::caller::refuse)
}
