//! Errors as clients see them: RFC 9457 `application/problem+json`.

use std::fmt;

use grid::RequestId;
use serde::{Deserialize, Serialize};

/// What went wrong, in a form that programs may branch on. The wire name never changes once released.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ProblemKind {
    /// The request is not of the documented form; `errors` names the fields.
    InvalidRequest,
    /// No valid login came with the request.
    Unauthenticated,
    /// E-mail and password do not belong together.
    WrongCredentials,
    /// The password is right, and the account has a second factor: send its code, too.
    CodeRequired,
    /// The account is banned; `detail` says until when and why.
    Banned,
    /// The login is valid, but not allowed to do this.
    Forbidden,
    /// There is no such thing, or it is not visible to this login.
    NotFound,
    /// The path exists, the method does not.
    MethodNotAllowed,
    /// The request contradicts the present state (a name that is taken, a job that has ended).
    Conflict,
    /// The body is larger than the endpoint takes.
    TooLarge,
    /// The body is of a media type that the endpoint does not read.
    UnsupportedMediaType,
    /// Too many requests; `Retry-After` tells when to come back.
    RateLimited,
    /// A part that the request needs is down; trying again later may help.
    Unavailable,
    /// A fault of the server; the request id finds it in the logs.
    Internal,
}

impl ProblemKind {
    /// The HTTP status that goes with the kind.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::InvalidRequest => 422,
            Self::Unauthenticated | Self::WrongCredentials | Self::CodeRequired => 401,
            Self::Forbidden | Self::Banned => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Conflict => 409,
            Self::TooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::RateLimited => 429,
            Self::Unavailable => 503,
            Self::Internal => 500,
        }
    }

    /// A short text that is the same for every occurrence.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::InvalidRequest => "The request is not valid",
            Self::Unauthenticated => "Sign in first",
            Self::WrongCredentials => "E-mail or password is wrong",
            Self::CodeRequired => "The code of the second factor is needed",
            Self::Banned => "The account is banned",
            Self::Forbidden => "Not allowed",
            Self::NotFound => "Not found",
            Self::MethodNotAllowed => "Method not allowed",
            Self::Conflict => "Conflict with the present state",
            Self::TooLarge => "Too large",
            Self::UnsupportedMediaType => "Unsupported media type",
            Self::RateLimited => "Too many requests",
            Self::Unavailable => "Temporarily unavailable",
            Self::Internal => "Internal error",
        }
    }
}

/// One field that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// Path of the field, such as `items[2].name`.
    pub field: String,
    /// What was expected of it.
    pub message: String,
}

/// A refusal or a failure, told to the client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// What went wrong, for programs.
    #[serde(rename = "type")]
    pub kind: ProblemKind,
    /// What went wrong, in general.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What went wrong this time, and what to do about it.
    pub detail: String,
    /// The refused fields, if any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// Seconds until another try makes sense, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u64>,
    /// The request that failed; the same id stands in the server's logs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub request_id: Option<RequestId>,
}

impl Problem {
    /// A problem of `kind`, with a sentence about this occurrence.
    #[must_use]
    pub fn new(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            title: kind.title().to_owned(),
            status: kind.status(),
            detail: detail.into(),
            errors: Vec::new(),
            retry_after_s: None,
            request_id: None,
        }
    }

    /// The request does not satisfy the constraints that `report` lists.
    #[must_use]
    pub fn invalid(report: &garde::Report) -> Self {
        let errors: Vec<_> = report
            .iter()
            .map(|(path, error)| FieldError { field: path.to_string(), message: error.to_string() })
            .collect();
        let detail =
            errors.iter().map(|e| format!("{}: {}", e.field, e.message)).collect::<Vec<_>>().join("; ");
        Self { errors, ..Self::new(ProblemKind::InvalidRequest, detail) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.detail.is_empty() { f.write_str(&self.title) } else { f.write_str(&self.detail) }
    }
}

impl std::error::Error for Problem {}
