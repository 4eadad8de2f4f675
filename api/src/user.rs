//! Accounts as staff see them.

use chrono::{DateTime, Utc};
use garde::Validate;
use grid::AccountId;
use serde::{Deserialize, Serialize};

use crate::Role;

/// `POST users`: an account that staff make, of any role that they may give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateUserRequest {
    /// Address to sign in with; letter case does not matter.
    #[garde(email, length(bytes, max = 254))]
    #[cfg_attr(feature = "openapi", schema(format = "email", max_length = 254))]
    pub email: String,
    /// 12 to 128 characters.
    #[garde(length(chars, min = 12, max = 128))]
    #[cfg_attr(feature = "openapi", schema(format = "password", min_length = 12, max_length = 128))]
    pub password: String,
    /// The name that staff see; 1 to 40 characters.
    #[garde(length(chars, min = 1, max = 40))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 40))]
    pub display_name: String,
    /// What the account is to be. Nobody can give a role that allows more than their own.
    #[garde(skip)]
    pub role: Role,
    /// Why, for the audit; 3 to 500 characters.
    #[garde(length(chars, min = 3, max = 500))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 500))]
    pub reason: String,
}

/// `PUT users/{id}/role`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeRoleRequest {
    /// What the account is to be. Nobody can give or take a role that allows more than their own.
    #[garde(skip)]
    pub role: Role,
    /// Why, for the audit; 3 to 500 characters.
    #[garde(length(chars, min = 3, max = 500))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 500))]
    pub reason: String,
}

/// Why staff do what changes something, for the audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct Reason {
    /// 3 to 500 characters.
    #[garde(length(chars, min = 3, max = 500))]
    #[cfg_attr(
        feature = "openapi",
        schema(min_length = 3, max_length = 500),
        param(min_length = 3, max_length = 500)
    )]
    pub reason: String,
}

/// Which accounts to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct UserFilter {
    /// Part of the address or name; letter case does not matter.
    #[garde(length(chars, max = 100))]
    #[cfg_attr(feature = "openapi", param(max_length = 100))]
    pub search: Option<String>,
    /// Only accounts of this role.
    #[garde(skip)]
    pub role: Option<Role>,
    /// Only accounts that are disabled, or only those that are not.
    #[garde(skip)]
    pub disabled: Option<bool>,
    /// `next` of the page before; absent for the first page.
    #[garde(length(bytes, max = 64))]
    #[cfg_attr(feature = "openapi", param(max_length = 64))]
    pub cursor: Option<String>,
}

/// An account, as staff see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserView {
    /// The account.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: AccountId,
    /// Address to sign in with.
    pub email: String,
    /// The name that staff see.
    pub display_name: String,
    /// What the account is.
    pub role: Role,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Since when it may not sign in, if so.
    pub disabled_at: Option<DateTime<Utc>>,
    /// When it last signed in.
    pub last_login_at: Option<DateTime<Utc>>,
}
