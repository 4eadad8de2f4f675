//! What an account signs in with: its password, its second factor, its address.

use garde::Validate;
use serde::{Deserialize, Serialize};

/// `POST auth/password`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangePasswordRequest {
    /// The present password.
    #[garde(length(chars, min = 1, max = 128))]
    #[cfg_attr(feature = "openapi", schema(format = "password", min_length = 1, max_length = 128))]
    pub current_password: String,
    /// The next one; 12 to 128 characters, and none that everybody tries first.
    #[garde(length(chars, min = 12, max = 128))]
    #[cfg_attr(feature = "openapi", schema(format = "password", min_length = 12, max_length = 128))]
    pub new_password: String,
}

/// `POST auth/password/forgotten`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ForgottenPasswordRequest {
    /// The account's address.
    #[garde(email, length(bytes, max = 254))]
    #[cfg_attr(feature = "openapi", schema(format = "email", max_length = 254))]
    pub email: String,
}

/// `POST auth/password/reset`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResetPasswordRequest {
    /// What the letter says; it works once.
    #[garde(length(bytes, min = 1, max = 256))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 256))]
    pub token: String,
    /// The next password; 12 to 128 characters, and none that everybody tries first.
    #[garde(length(chars, min = 12, max = 128))]
    #[cfg_attr(feature = "openapi", schema(format = "password", min_length = 12, max_length = 128))]
    pub new_password: String,
}

/// `POST auth/email/verify`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VerifyEmailRequest {
    /// What the letter says; it works once.
    #[garde(length(bytes, min = 1, max = 256))]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 256))]
    pub token: String,
}

/// `POST auth/totp`: begins to set a second factor up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetUpTotpRequest {
    /// The account's password: who only found an open session can't take the account over.
    #[garde(length(chars, min = 1, max = 128))]
    #[cfg_attr(feature = "openapi", schema(format = "password", min_length = 1, max_length = 128))]
    pub password: String,
}

/// What an authenticator needs to know. It is told this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TotpSetUp {
    /// The secret in base 32, to type in.
    pub secret: String,
    /// The same as an `otpauth:` address, to scan or open.
    pub url: String,
}

/// `POST auth/totp/confirm`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConfirmTotpRequest {
    /// The six digits that the authenticator shows.
    #[garde(length(chars, min = 6, max = 8))]
    #[cfg_attr(feature = "openapi", schema(min_length = 6, max_length = 8))]
    pub code: String,
}

/// Codes that each work once instead of the authenticator's. They are told this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryCodes {
    /// The codes.
    pub codes: Vec<String>,
}

/// `POST auth/totp/remove`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RemoveTotpRequest {
    /// The account's password.
    #[garde(length(chars, min = 1, max = 128))]
    #[cfg_attr(feature = "openapi", schema(format = "password", min_length = 1, max_length = 128))]
    pub password: String,
    /// The six digits that the authenticator shows, or a recovery code.
    #[garde(length(chars, min = 6, max = 32))]
    #[cfg_attr(feature = "openapi", schema(min_length = 6, max_length = 32))]
    pub code: String,
}
