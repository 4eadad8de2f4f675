//! Removes a role.

use leptos::prelude::*;
use uuid::Uuid;

use crate::Failure;

/// Removes a role that nobody has.
#[server(prefix = "/api/ui", endpoint = "roles/remove")]
pub(crate) async fn remove_role(role: Uuid, reason: String) -> Result<(), Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ManageRoles>()?;
    domain::roles::remove(&domain, &actor, role, api::user::Reason { reason })
        .await
        .map_err(crate::caller::refuse)
}
