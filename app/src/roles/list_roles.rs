//! Asks for the roles.

use api::{List, role::RoleView};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::Failure;

/// All roles: first those that every installation has, then those that were made.
#[server(prefix = "/api/ui", endpoint = "roles/list", input = GetUrl)]
pub(crate) async fn list_roles() -> Result<List<RoleView>, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ViewRoles>()?;
    domain::roles::list(&domain, &actor).await.map_err(crate::caller::refuse)
}
