//! The roles, and who has them.

use api::{List, Role, right, role::RoleView};
use uuid::Uuid;

use super::{AnyRole, find, id_of, view};
use crate::{Allowed, Domain, Error};

/// All roles: first those that every installation has, the mightiest first, then those that were made, by name.
///
/// # Errors
/// The database failed.
pub async fn list(domain: &Domain, _: &Allowed<right::ViewRoles>) -> Result<List<RoleView>, Error> {
    let mut roles = Vec::new();
    for role in Role::ALL {
        roles.push(view_built_in(domain, *role).await?);
    }
    for role in store::roles::list(domain.store()).await? {
        roles.push(view(domain, &role).await?);
    }
    Ok(List::whole(roles))
}

/// One role.
///
/// # Errors
/// [`Error::NotFound`] if there is none of that id.
pub async fn get(domain: &Domain, _: &Allowed<right::ViewRoles>, id: Uuid) -> Result<RoleView, Error> {
    match find(domain.store(), id).await? {
        Some(AnyRole::BuiltIn(role)) => view_built_in(domain, role).await,
        Some(AnyRole::Custom(role)) => view(domain, &role).await,
        None => Err(Error::NotFound("role")),
    }
}

async fn view_built_in(domain: &Domain, role: Role) -> Result<RoleView, Error> {
    let own = store::accounts::count_with_role(domain.store(), role.name()).await?;
    let given = store::grants::holders_of(domain.store(), id_of(role), store::now()).await?;
    Ok(RoleView {
        id: id_of(role),
        name: role.label().to_owned(),
        description: role.description().to_owned(),
        built_in: true,
        permissions: role.permissions().iter().collect(),
        holders: own + given.len() as u64,
        created_at: None,
        changed_at: None,
    })
}
