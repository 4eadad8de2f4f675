//! Making a key.

use api::{
    PermissionSet, Role,
    api_key::{CreateApiKeyRequest, NewApiKey},
    right,
};
use garde::Validate as _;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use store::api_keys::ApiKey;
use uuid::Uuid;

use super::{PREFIX, view};
use crate::{
    Allowed, Domain, Error, accounts,
    audit::{self, Change},
    secret, users,
};

/// Makes a key for a service's account.
///
/// # Errors
/// [`Error::InvalidField`] if the account is no service, a scope is beyond it, or the end is past;
/// [`Error::BeyondReach`] if a scope is beyond the actor.
pub async fn create(
    domain: &Domain,
    actor: &Allowed<right::ManageApiKeys>,
    request: CreateApiKeyRequest,
) -> Result<NewApiKey, Error> {
    request.validate()?;
    let now = store::now();
    let refused = |field, message: &str| Error::InvalidField { field, message: message.to_owned() };
    if request.expires_at.is_some_and(|end| end <= now) {
        return Err(refused("expires_at", "must lie in the future"));
    }
    let account = users::find(domain, request.account_id).await?;
    if accounts::role_of(&account)? != Role::Service {
        return Err(refused("account_id", "must be an account of role service: people sign in"));
    }
    let scopes: PermissionSet = request.scopes.iter().copied().collect();
    if !Role::Service.permissions().contains_all(scopes) {
        return Err(refused("scopes", "must lie within what a service may do"));
    }
    if !actor.permissions.contains_all(scopes) {
        return Err(Error::BeyondReach);
    }
    let token = SecretString::from(format!("{PREFIX}{}", secret::random().expose_secret()));
    let key = ApiKey {
        id: Uuid::now_v7(),
        account_id: account.id,
        name: request.name.trim().to_owned(),
        secret_hash: secret::hash(&token),
        scopes: scopes.iter().map(|scope| scope.name().to_owned()).collect(),
        created_at: now,
        created_by: actor.account(),
        expires_at: request.expires_at,
        last_used_at: None,
        revoked_at: None,
    };
    let transaction = domain.store().begin().await?;
    store::api_keys::insert(&transaction, &key).await?;
    let change = Change {
        action: "api_key.create",
        subject: format!("api_key {}", key.id),
        before: Value::Null,
        after: json!({ "name": key.name, "account_id": key.account_id, "scopes": key.scopes, "expires_at": key.expires_at }),
        reason: &request.reason,
    };
    audit::change(&transaction, actor, change).await?;
    transaction.commit().await?;
    Ok(NewApiKey { id: key.id, token: token.expose_secret().to_owned(), key: view(&key) })
}
