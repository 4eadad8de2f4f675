//! Changes a role.

use api::{Permission, role::RoleView};
use leptos::prelude::*;
use uuid::Uuid;

use crate::Failure;

/// Changes a role for everyone who has it.
#[server(prefix = "/api/ui", endpoint = "roles/change")]
pub(crate) async fn change_role(
    role: Uuid,
    name: String,
    description: String,
    permissions: Vec<Permission>,
    reason: String,
) -> Result<RoleView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ManageRoles>()?;
    let request = api::role::RoleRequest { name, description, permissions, reason };
    domain::roles::change(&domain, &actor, role, request).await.map_err(crate::caller::refuse)
}
