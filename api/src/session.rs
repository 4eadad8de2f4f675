//! Sign-ins, and the keys that their tokens are signed with.

use chrono::{DateTime, Utc};
use grid::SessionId;
use serde::{Deserialize, Serialize};

/// By what a sign-in is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum SessionUse {
    /// A browser, for the dashboard.
    Dashboard,
    /// A client, with tokens.
    Client,
}

/// A sign-in that is not over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionView {
    /// The sign-in.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: SessionId,
    /// By what it is used.
    pub used_by: SessionUse,
    /// Whether it is the one that asks.
    pub current: bool,
    /// Whether somebody of the staff looks through the account's eyes by it.
    #[serde(default)]
    pub impersonated: bool,
    /// The program, as it calls itself.
    pub user_agent: Option<String>,
    /// Where it was used from, when tokens were last bought or the sign-in began.
    pub address: Option<String>,
    /// When it began.
    pub began_at: DateTime<Utc>,
    /// When tokens were last bought, or the sign-in began.
    pub renewed_at: DateTime<Utc>,
    /// When it ends by itself without use.
    pub expires_at: DateTime<Utc>,
}

/// The public halves of the keys that access tokens are signed with (RFC 7517).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Jwks {
    /// The keys, the oldest first.
    pub keys: Vec<Jwk>,
}

/// One public key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Jwk {
    /// `OKP`.
    pub kty: String,
    /// `Ed25519`.
    pub crv: String,
    /// `EdDSA`.
    pub alg: String,
    /// `sig`.
    pub r#use: String,
    /// What tokens name the key by.
    pub kid: String,
    /// The key in base64url.
    pub x: String,
}
