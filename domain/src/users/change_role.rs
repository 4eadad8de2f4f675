//! Giving an account another role.

use api::{
    right,
    user::{ChangeRoleRequest, UserView},
};
use garde::Validate as _;
use grid::AccountId;
use serde_json::json;

use crate::{
    Allowed, Domain, Error, accounts,
    audit::{self, Change},
    authority,
};

/// Makes the account what the request says.
///
/// # Errors
/// [`Error::BeyondReach`] if the role before or after allows more than the actor's; [`Error::Conflict`] for one's own
/// account and for the last owner.
pub async fn change_role(
    domain: &Domain,
    actor: &Allowed<right::ManageRoles>,
    id: AccountId,
    request: ChangeRoleRequest,
) -> Result<UserView, Error> {
    request.validate()?;
    if id == actor.account() {
        return Err(Error::Conflict("nobody changes their own role; ask another owner".to_owned()));
    }
    let mut account = super::find(domain, id).await?;
    let before = accounts::role_of(&account)?;
    super::check_reach_to(domain, actor, &account).await?;
    super::check_reach(actor, request.role)?;
    let transaction = domain.store().begin().await?;
    if before != request.role {
        super::check_an_owner_stays(&transaction, &account).await?;
        store::accounts::set_role(&transaction, id, request.role.name()).await?;
        let change = Change {
            action: "account.change_role",
            subject: format!("account {id}"),
            before: json!({ "role": before }),
            after: json!({ "role": request.role }),
            reason: &request.reason,
        };
        audit::change(&transaction, actor, change).await?;
    }
    transaction.commit().await?;
    authority::announce(domain, id).await;
    request.role.name().clone_into(&mut account.role);
    super::view(&account)
}
