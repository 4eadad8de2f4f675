//! Removing a role that nobody has.

use api::{right, user::Reason};
use garde::Validate as _;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{find_custom, set_of};
use crate::{
    Allowed, Domain, Error,
    audit::{self, Change},
    users,
};

/// Removes a role.
///
/// # Errors
/// [`Error::NotFound`] if there is none; [`Error::Conflict`] for one that every installation has, and for one that
/// somebody has; [`Error::BeyondReach`] if it allows more than the actor may do.
pub async fn remove(
    domain: &Domain,
    actor: &Allowed<right::ManageRoles>,
    id: Uuid,
    request: Reason,
) -> Result<(), Error> {
    request.validate()?;
    let transaction = domain.store().begin().await?;
    let role = find_custom(&transaction, id).await?;
    users::check_reach_of(actor, set_of(&role.permissions))?;
    let holders = store::grants::holders_of(&transaction, id, store::now()).await?.len();
    if holders > 0 {
        return Err(Error::Conflict(format!(
            "accounts that have this role: {holders}; take it from them first"
        )));
    }
    store::roles::remove(&transaction, id).await?;
    let change = Change {
        action: "role.remove",
        subject: format!("role {id}"),
        before: json!({ "name": role.name, "description": role.description, "permissions": role.permissions }),
        after: Value::Null,
        reason: &request.reason,
    };
    audit::change(&transaction, actor, change).await?;
    Ok(transaction.commit().await?)
}
