//! Making a role.

use api::{
    PermissionSet, right,
    role::{RoleRequest, RoleView},
};
use garde::Validate as _;
use serde_json::{Value, json};
use store::{
    StoreError,
    roles::{CustomRole, ROLES_MAX},
};
use uuid::Uuid;

use super::{check_name, fold, names_of, view};
use crate::{
    Allowed, Domain, Error,
    audit::{self, Change},
    users,
};

/// Makes a role. Nobody has it yet: see [`grants::give`](crate::grants::give).
///
/// # Errors
/// [`Error::BeyondReach`] if it would allow more than the actor may do; [`Error::Conflict`] if the name is taken, or there
/// are as many roles as anybody can keep apart.
pub async fn create(
    domain: &Domain,
    actor: &Allowed<right::ManageRoles>,
    request: RoleRequest,
) -> Result<RoleView, Error> {
    request.validate()?;
    check_name(&request.name)?;
    let permissions: PermissionSet = request.permissions.iter().copied().collect();
    users::check_reach_of(actor, permissions)?;
    let now = store::now();
    let role = CustomRole {
        id: Uuid::now_v7(),
        name_folded: fold(&request.name),
        name: request.name.trim().to_owned(),
        description: request.description.trim().to_owned(),
        permissions: names_of(permissions),
        created_at: now,
        created_by: actor.account(),
        changed_at: now,
    };
    let transaction = domain.store().begin().await?;
    if store::roles::list(&transaction).await?.len() as u64 >= ROLES_MAX {
        return Err(Error::Conflict(format!("there are {ROLES_MAX} roles already: remove one first")));
    }
    store::roles::insert(&transaction, &role).await.map_err(name_taken)?;
    let change = Change {
        action: "role.create",
        subject: format!("role {}", role.id),
        before: Value::Null,
        after: json!({ "name": role.name, "description": role.description, "permissions": role.permissions }),
        reason: &request.reason,
    };
    audit::change(&transaction, actor, change).await?;
    transaction.commit().await?;
    view(domain, &role).await
}

pub(super) fn name_taken(error: StoreError) -> Error {
    match error {
        StoreError::Conflict(_) => Error::Conflict("there is a role of that name already".to_owned()),
        other => Error::Store(other),
    }
}
