//! Makes a role.

use api::{Permission, role::RoleView};
use leptos::prelude::*;

use crate::Failure;

/// Makes a role that nobody has yet.
#[server(prefix = "/api/ui", endpoint = "roles/create")]
pub(crate) async fn create_role(
    name: String,
    description: String,
    permissions: Vec<Permission>,
    reason: String,
) -> Result<RoleView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ManageRoles>()?;
    let request = api::role::RoleRequest { name, description, permissions, reason };
    domain::roles::create(&domain, &actor, request).await.map_err(crate::caller::refuse)
}
