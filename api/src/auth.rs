//! Accounts and sessions: registering, signing in, tokens, and the ticket for the game socket.

use chrono::{DateTime, Utc};
use garde::Validate;
use grid::{AccountId, CharacterId};
use serde::{Deserialize, Serialize};

use crate::{Permission, Role};

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
    /// What it may do.
    pub permissions: Vec<Permission>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
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
