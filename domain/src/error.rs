//! Why a use case was refused or failed.
//!
//! One type for all of them: callers only ever turn it into a [`Problem`]. What a caller did wrong is told in full;
//! what went wrong in the house is logged here and told in general.

use api::{FieldError, Problem, ProblemKind};
use chrono::{DateTime, Utc};
use infra::{NodeError, blobs::BlobError, jobs::QueueError};
use store::{StoreError, backup::BackupError};

/// Why a use case was refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The actor has not signed in, or the sign-in is over.
    #[error("sign in first")]
    Unauthenticated,
    /// E-mail and password do not belong together.
    #[error("e-mail or password is wrong")]
    WrongCredentials,
    /// The password is right; the code of the second factor is missing.
    #[error("send the code of the second factor, too")]
    CodeRequired,
    /// The code of the second factor is wrong, or was used before.
    #[error("the code is wrong, or was used before")]
    WrongCode,
    /// Somebody who is signed in gave a wrong password for their own account.
    #[error("the password is wrong")]
    WrongPassword,
    /// The actor's role does not allow it.
    #[error("your role does not allow this")]
    Forbidden,
    /// The actor may do it, but not there.
    #[error("you may do this in other places alone")]
    NotAllowedThere,
    /// Somebody looks through another's eyes.
    #[error("you look at this as somebody else: nothing can be changed until you are yourself again")]
    OnlyLooking,
    /// It would give or take more than the actor has.
    #[error("you can't give or take a role that allows more than your own")]
    BeyondReach,
    /// The account is banned.
    #[error("banned {end}: {reason}", end = until.map_or_else(|| "until further notice".to_owned(), |until| format!("until {}", until.to_rfc3339())))]
    Banned {
        /// When the ban ends by itself.
        until: Option<DateTime<Utc>>,
        /// Why.
        reason: String,
    },
    /// The installation does not offer it.
    #[error("{0}")]
    NotOffered(&'static str),
    /// There is no such thing, or the actor must not know of it.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// The request breaks its documented constraints.
    #[error("{0}")]
    Invalid(garde::Report),
    /// A single field is wrong in a way that its constraints cannot say.
    #[error("{field}: {message}")]
    InvalidField {
        /// The field.
        field: &'static str,
        /// What was expected.
        message: String,
    },
    /// The rules of the game don't allow it: which choices, why, and what they do allow.
    #[error("{}", told(.0))]
    AgainstTheRules(Vec<FieldError>),
    /// The request contradicts the present state.
    #[error("{0}")]
    Conflict(String),
    /// Too many tries.
    #[error("too many tries; come back in {retry_after_s} s")]
    RateLimited {
        /// When to come back.
        retry_after_s: u64,
    },
    /// The database refused or failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A piece of infrastructure failed.
    #[error(transparent)]
    Node(#[from] NodeError),
    /// A blob could not be read or written.
    #[error(transparent)]
    Blobs(#[from] BlobError),
    /// The database could not be copied.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// The queue of jobs failed.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// A part is not there yet, or not any more.
    #[error("{0}")]
    Unavailable(&'static str),
    /// A fault in the house.
    #[error("{0}")]
    Internal(String),
}

fn told(errors: &[FieldError]) -> String {
    errors.iter().map(|error| format!("{}: {}", error.field, error.message)).collect::<Vec<_>>().join("; ")
}

impl From<garde::Report> for Error {
    fn from(report: garde::Report) -> Self {
        Self::Invalid(report)
    }
}

impl Error {
    fn kind(&self) -> ProblemKind {
        match self {
            Self::Unauthenticated => ProblemKind::Unauthenticated,
            Self::WrongCredentials | Self::WrongCode => ProblemKind::WrongCredentials,
            Self::CodeRequired => ProblemKind::CodeRequired,
            Self::WrongPassword => ProblemKind::InvalidRequest,
            Self::Forbidden
            | Self::NotAllowedThere
            | Self::OnlyLooking
            | Self::BeyondReach
            | Self::NotOffered(_) => ProblemKind::Forbidden,
            Self::Banned { .. } => ProblemKind::Banned,
            Self::NotFound(_) => ProblemKind::NotFound,
            Self::Invalid(_) | Self::InvalidField { .. } | Self::AgainstTheRules(_) => {
                ProblemKind::InvalidRequest
            }
            Self::Conflict(_) => ProblemKind::Conflict,
            Self::RateLimited { .. } => ProblemKind::RateLimited,
            Self::Store(StoreError::Unreachable(_) | StoreError::DiskFull)
            | Self::Node(_)
            | Self::Blobs(_)
            | Self::Queue(_)
            | Self::Unavailable(_) => ProblemKind::Unavailable,
            Self::Store(_) | Self::Backup(_) | Self::Internal(_) => ProblemKind::Internal,
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let kind = error.kind();
        match error {
            Error::Invalid(report) => Self::invalid(&report),
            Error::InvalidField { field, message } => Self {
                errors: vec![FieldError { field: field.to_owned(), message: message.clone() }],
                ..Self::new(kind, format!("{field}: {message}"))
            },
            Error::AgainstTheRules(errors) => {
                Self { errors: errors.clone(), ..Self::new(kind, told(&errors)) }
            }
            Error::RateLimited { retry_after_s } => {
                Self { retry_after_s: Some(retry_after_s), ..Self::new(kind, error.to_string()) }
            }
            // What the house says to itself may name files and servers: it goes to the log alone.
            Error::Store(_)
            | Error::Backup(_)
            | Error::Node(_)
            | Error::Blobs(_)
            | Error::Queue(_)
            | Error::Internal(_) => {
                tracing::error!(%error, "a use case failed");
                let detail = match kind {
                    ProblemKind::Unavailable => {
                        "A part of the server does not answer. Try again in a moment."
                    }
                    _ => "The server could not do this. Its log says why, under the request's id.",
                };
                Self::new(kind, detail)
            }
            refusal => Self::new(kind, refusal.to_string()),
        }
    }
}
