//! Makes an account for somebody.

use api::{Role, user::UserView};
use leptos::prelude::*;

use crate::Failure;

/// Makes an account of a role that the viewer may give.
#[server(prefix = "/api/ui", endpoint = "users/create")]
pub(crate) async fn create_user(
    email: String,
    display_name: String,
    password: String,
    role: Role,
    reason: String,
) -> Result<UserView, Failure> {
    let (domain, actor) = crate::caller::allowed::<api::right::ManageUsers>()?;
    let request = api::user::CreateUserRequest { email, password, display_name, role, reason };
    domain::users::create(&domain, &actor, request).await.map_err(crate::caller::refuse)
}
