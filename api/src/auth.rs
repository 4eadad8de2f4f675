//! Accounts and sessions: registering, signing in, tokens, and the ticket for the game socket.

use chrono::{DateTime, Utc};
use garde::Validate;
use grid::{AccountId, CharacterId, SessionId};
use serde::{Deserialize, Serialize};

use crate::{Permission, Role, role::LocalPermissions};

/// `POST auth/register`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterRequest {
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
}

/// `POST auth/login`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoginRequest {
    /// The account's address.
    #[garde(length(bytes, min = 1, max = 254))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 254))]
    pub email: String,
    /// The account's password.
    #[garde(length(chars, min = 1, max = 128))]
    #[cfg_attr(feature = "openapi", schema(format = "password", min_length = 1, max_length = 128))]
    pub password: String,
    /// The six digits that the authenticator shows, or a recovery code; only for accounts that have a second factor.
    #[serde(default)]
    #[garde(length(chars, min = 6, max = 32))]
    #[cfg_attr(feature = "openapi", schema(min_length = 6, max_length = 32))]
    pub code: Option<String>,
}

/// `POST auth/refresh` and `POST auth/logout`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefreshRequest {
    /// The newest refresh token of the session. It works once.
    #[garde(length(bytes, min = 1, max = 256))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 256))]
    pub refresh_token: String,
}

/// Reply of login and refresh.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tokens {
    /// Bearer token for REST.
    pub access_token: String,
    /// Buys the next pair; works once.
    pub refresh_token: String,
    /// Seconds until the access token ends.
    pub expires_in: u64,
}

/// An account, as its owner sees it: the reply of `auth/register` and `auth/me`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountView {
    /// The account.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: AccountId,
    /// Address to sign in with.
    pub email: String,
    /// The name that staff see.
    pub display_name: String,
    /// What the account is.
    pub role: Role,
    /// What it may do, everywhere.
    pub permissions: Vec<Permission>,
    /// What it may do in one place alone.
    #[serde(default)]
    pub local_permissions: Vec<LocalPermissions>,
    /// Who looks at the server as this account does, if somebody else: then nothing can be changed.
    #[serde(default)]
    pub impersonated_by: Option<Impersonator>,
    /// Whether its owner has shown that the address is theirs.
    pub email_verified: bool,
    /// Whether a second factor is asked for at the sign-in.
    pub second_factor: bool,
    /// Whether the account may do nothing but set up a second factor first.
    pub must_set_up_second_factor: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// Somebody of the staff who looks at the server as another account does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Impersonator {
    /// The account of the staff.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: AccountId,
    /// Its name for staff.
    pub display_name: String,
    /// When it ends by itself.
    pub ends_at: DateTime<Utc>,
}

/// `POST users/{id}/impersonation`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImpersonationRequest {
    /// After how many minutes it ends by itself; 1 to 60.
    #[garde(range(min = 1, max = 60))]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 60))]
    pub minutes: u32,
    /// Why, for the audit; 3 to 500 characters.
    #[garde(length(chars, min = 3, max = 500))]
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 500))]
    pub reason: String,
}

/// A look at the server through another account's eyes. It reads, and changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImpersonationView {
    /// The sign-in that it is.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: SessionId,
    /// Whose eyes they are.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub account_id: AccountId,
    /// Bearer token for REST. It is told this once.
    pub access_token: String,
    /// Seconds until it ends by itself.
    pub expires_in: u64,
}

/// `POST game/tickets`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TicketRequest {
    /// The character to play; one of the account's own.
    #[garde(skip)]
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub character_id: CharacterId,
}

/// A ticket for the game socket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ticket {
    /// Goes into the socket's `Hello`; works once.
    pub ticket: String,
    /// Seconds until it ends.
    pub expires_in: u64,
}
