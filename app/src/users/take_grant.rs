//! Withdraws a role that somebody was given beside their own.

use api::role::GrantView;
use grid::AccountId;
use leptos::prelude::*;
use uuid::Uuid;

use crate::Failure;

/// Withdraws it.
#[server(prefix = "/api/ui", endpoint = "users/take-grant")]
pub(crate) async fn take_grant(user: AccountId, grant: Uuid, reason: String) -> Result<GrantView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ManageRoles>()?;
    domain::grants::take(&domain, &actor, user, grant, api::user::Reason { reason })
        .await
        .map_err(crate::caller::refuse)
}
