//! All keys.

use api::{List, api_key::ApiKeyView, right};

use super::view;
use crate::{Allowed, Domain, Error};

/// The keys, the newest first, without their secrets.
///
/// # Errors
/// The database failed.
pub async fn list(domain: &Domain, _: &Allowed<right::ManageApiKeys>) -> Result<List<ApiKeyView>, Error> {
    let keys = store::api_keys::list(domain.store()).await?;
    Ok(List::whole(keys.iter().map(view).collect()))
}
