//! Ending a key.

use api::{api_key::ApiKeyView, right, user::Reason};
use garde::Validate as _;
use serde_json::json;
use uuid::Uuid;

use super::view;
use crate::{
    Allowed, Domain, Error,
    audit::{self, Change},
    authority,
};

/// Ends a key, on all processes.
///
/// # Errors
/// [`Error::Conflict`] if it was ended before.
pub async fn revoke(
    domain: &Domain,
    actor: &Allowed<right::ManageApiKeys>,
    id: Uuid,
    request: Reason,
) -> Result<ApiKeyView, Error> {
    request.validate()?;
    let mut key = store::api_keys::find(domain.store(), id).await?.ok_or(Error::NotFound("key"))?;
    let now = store::now();
    let transaction = domain.store().begin().await?;
    if !store::api_keys::revoke(&transaction, id, now).await? {
        return Err(Error::Conflict("the key was revoked before".to_owned()));
    }
    let change = Change {
        action: "api_key.revoke",
        subject: format!("api_key {id}"),
        before: json!({ "revoked_at": null }),
        after: json!({ "revoked_at": now }),
        reason: &request.reason,
    };
    audit::change(&transaction, actor, change).await?;
    transaction.commit().await?;
    authority::announce(domain, key.account_id).await;
    key.revoked_at = Some(now);
    Ok(view(&key))
}
