//! Gives an account another role.

use api::{Role, user::UserView};
use grid::AccountId;
use leptos::prelude::*;

use crate::Failure;

/// Gives the account another role.
#[server(prefix = "/api/ui", endpoint = "users/change-role")]
pub(crate) async fn change_role(user: AccountId, role: Role, reason: String) -> Result<UserView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ManageRoles>()?;
    let request = api::user::ChangeRoleRequest { role, reason };
    domain::users::change_role(&domain, &actor, user, request).await.map_err(crate::caller::refuse)
}
