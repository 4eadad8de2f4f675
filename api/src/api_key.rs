//! Keys by which programs call the API.

use chrono::{DateTime, Utc};
use garde::Validate;
use grid::AccountId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Permission;

/// `POST api-keys`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateApiKeyRequest {
    /// The account, of role `service`, whose permissions the key has part of.
    #[garde(skip)]
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub account_id: AccountId,
    /// What people call it; 1 to 40 characters.
    #[garde(length(chars, min = 1, max = 40))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 40))]
    pub name: String,
    /// What the key may do; none of it more than its account may.
    #[garde(length(min = 1, max = 64))]
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 64))]
    pub scopes: Vec<Permission>,
    /// When it ends by itself; null for one that stays until it is revoked.
    #[serde(default)]
    #[garde(skip)]
    pub expires_at: Option<DateTime<Utc>>,
    /// Why, for the audit; 3 to 500 characters.
    #[garde(length(chars, min = 3, max = 500))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 500))]
    pub reason: String,
}

/// A key, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiKeyView {
    /// The key.
    pub id: Uuid,
    /// The account whose permissions it has part of.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub account_id: AccountId,
    /// What people call it.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Permission>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends by itself.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// When it was ended.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// A key that was just made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewApiKey {
    /// The key.
    pub id: Uuid,
    /// What goes into `Authorization: Bearer …`. It is told this once.
    pub token: String,
    /// What is known of it later.
    pub key: ApiKeyView,
}
